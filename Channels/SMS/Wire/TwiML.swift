package import HTTP

/// The XML by which a webhook's answer tells Twilio what to do next.
package enum TwiML {
    /// Nothing to do. Replies go out by themselves, so that each is kept before it is sent.
    package static let nothing = HTTPResponse(
        status: 200, contentType: "text/xml", body: #"<?xml version="1.0" encoding="UTF-8"?><Response/>"#)
}
