/// Header fields that tell a browser to trust as little as possible.
package enum SecurityHeaders {
    /// For every answer: no guessing of types.
    package static let always = [HTTPField("X-Content-Type-Options", "nosniff")]

    /// For answers of an API: nothing in them is a page, and nobody may frame or cache them.
    package static let api =
        always + [
            HTTPField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            HTTPField("Cache-Control", "no-store"), HTTPField("Referrer-Policy", "no-referrer"),
        ]

    /// For our own pages: code, style and pictures only from here, no inline script, Trusted Types.
    package static let page =
        always + [
            HTTPField(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'"),
            HTTPField("Referrer-Policy", "no-referrer"), HTTPField("Cross-Origin-Opener-Policy", "same-origin"),
            HTTPField("Cross-Origin-Resource-Policy", "same-origin"),
            HTTPField("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ]

    /// For something a stranger sent: it is saved, never shown, whatever it claims to be (RFC 6266).
    /// - Parameter fileName: anything; what could end the parameter is replaced.
    package static func download(fileName: String) -> [HTTPField] {
        always + [
            HTTPField("Content-Security-Policy", "sandbox; default-src 'none'"),
            HTTPField("Content-Disposition", "attachment; filename*=UTF-8''\(PercentEncoding.encode(fileName))"),
        ]
    }

    /// Only over TLS from now on (RFC 6797). Sent only on secure connections.
    /// - Parameter seconds: how long a browser shall remember; two years unless told otherwise.
    package static func strictTransport(seconds: Int = 63_072_000) -> HTTPField {
        HTTPField("Strict-Transport-Security", "max-age=\(seconds); includeSubDomains")
    }
}
