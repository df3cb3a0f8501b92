package import InteractionModel

/// What became of something an adapter handed to its site.
package enum Submission: Hashable, Sendable {
    /// It is durably kept, now or since an earlier time (`duplicate`): tell the provider so, in the same words both times.
    /// The interaction is nil where there is none, as for an opt-out.
    case accepted(InteractionID?, duplicate: Bool)
    /// Nothing was kept: the provider must send it again.
    case refused(Refusal)

    /// Why a site takes nothing now, and when it may be asked again.
    package struct Refusal: Hashable, Sendable {
        package enum Reason: String, Hashable, Sendable, CaseIterable {
            /// Too much is waiting to be written.
            case overloaded
            /// The journal cannot be written: disk, I/O error or lost leadership.
            case unavailable
            /// The site is shutting down.
            case stopping
        }

        package let reason: Reason
        /// Told to the provider in whole seconds, rounded up (`Retry-After`).
        package let retryAfter: Span

        package init(_ reason: Reason, retryAfter: Span) {
            self.reason = reason
            self.retryAfter = retryAfter
        }
    }
}
