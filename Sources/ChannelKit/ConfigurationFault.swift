/// What is wrong with an account's configuration that only the adapter could see.
package struct ConfigurationFault: Error, Hashable, Sendable {
    /// The key concerned: `secret`.
    package let key: String
    /// Reads on from the key's name, and says what to do: "must begin with whsec_; copy the whole secret".
    package let reason: String

    package init(_ key: String, _ reason: String) {
        self.key = key
        self.reason = reason
    }
}
