package import Configuration

/// What an account needs to know. Every key is declared here and nowhere else; `sample.yaml` is made from it.
package struct TemplateConfiguration: ConfigurationSection {
    package let secret: Secret
    package let previousSecret: Secret?
    package let replyURL: String

    package static let keys: KeyList = [Keys.secret, Keys.previousSecret, Keys.replyURL]

    enum Keys {
        static let secret = Key(
            "secret", .secret, "Signs both ways: whsec_ and 16 to 64 bytes in base64, as Standard Webhooks writes it.")
        static let previousSecret = Key(
            optional: "previousSecret", .secret,
            "The secret before the last change; its signatures are accepted too until the key is removed.")
        static let replyURL = Key("replyURL", .url(), "Where replies are posted to; it may lie in the own network.")
    }

    package init(reading section: SectionReader) {
        secret = section[Keys.secret]
        previousSecret = section[Keys.previousSecret]
        replyURL = section[Keys.replyURL].text
    }
}
