/// Decides what a request is answered.
package protocol HTTPHandler: Sendable {
    /// Called on a loop's thread, which serves thousands of others: it must not wait. Answer now, or keep the
    /// responder and answer later from any thread, before `Deadlines.answer` has passed.
    func handle(_ request: HTTPRequest, _ responder: HTTPResponder)
}
