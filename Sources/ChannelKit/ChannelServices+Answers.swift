package import HTTP
package import InteractionModel

/// The last step of every webhook: hand over, wait for the commit, answer.
extension ChannelServices {
    /// Submits `event` and answers with `acknowledgement` once it is kept, now or earlier, else with 503.
    package func submit(
        _ event: ContactEvent, acknowledgement: HTTPResponse, answer: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        submit(event) { [self] in answer(response(to: $0, acknowledgement: acknowledgement)) }
    }

    /// The same for a provider's report on a message of ours.
    package func report(
        _ report: DeliveryReport, acknowledgement: HTTPResponse, answer: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        self.report(report) { [self] in answer(response(to: $0, acknowledgement: acknowledgement)) }
    }

    /// Counts the reason and answers 400 or 403.
    package func reject(_ fault: FieldFault, answer: (HTTPResponse) -> Void) {
        count(fault.rejection)
        answer(WebhookAnswer.rejected(fault))
    }

    /// Counts the reason and answers 401.
    package func refuseUnauthenticated(_ reason: Rejection, answer: (HTTPResponse) -> Void) {
        count(reason)
        answer(WebhookAnswer.unauthenticated)
    }

    private func response(to submission: Submission, acknowledgement: HTTPResponse) -> HTTPResponse {
        switch submission {
        case .accepted: return acknowledgement
        case .refused(let refusal):
            count(.refused)
            return WebhookAnswer.refused(refusal)
        }
    }
}
