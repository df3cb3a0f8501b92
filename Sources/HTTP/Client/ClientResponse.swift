/// What the other system answered, whatever the status: a 4xx or 5xx is an answer, not a failure.
package struct ClientResponse: Sendable, Hashable {
    package var status: Int
    /// In the order received; bytes that are not UTF-8 became U+FFFD.
    package var headers: [ClientField]
    /// Empty where the bytes went to a stream's reader.
    package var body: [UInt8]

    package init(status: Int, headers: [ClientField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first field named `name`, in any case of letters.
    package func header(_ name: String) -> String? { headers.first(name) }
}
