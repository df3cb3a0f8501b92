/// Why a request from outside was turned away or passed over. Closed, so each case can be a metric's label.
package enum Rejection: String, Error, Hashable, Sendable, CaseIterable {
    case signatureMissing = "signature-missing"
    /// Checked with every valid key and right with none.
    case signatureWrong = "signature-wrong"
    /// Signed, but at a time too far from the site's own.
    case timestampOutsideWindow = "timestamp-outside-window"
    /// Signed, but about another account than the webhook's.
    case wrongAccount = "wrong-account"
    /// Signed, but a field is missing or means nothing.
    case malformed
    /// Signed and acknowledged, but of a kind this version does not know. A rising count asks for an update.
    case unknownKind = "unknown-kind"
    /// The site had no room, so the provider was asked to come again.
    case refused
}
