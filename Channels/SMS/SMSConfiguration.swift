package import ChannelKit
package import Configuration

/// What an SMS account needs to know. Every key is declared here and nowhere else; `sample.yaml` is made from it.
package struct SMSConfiguration: ConfigurationSection {
    package let accountSid: String
    package let authToken: Secret
    /// All keys whose signatures are accepted: the token, the one before it, the shared key.
    package let signatureKeys: [SignatureKey]
    /// Without a slash at the end; nil: the site's own.
    package let publicURL: String?
    package let from: String?
    package let messagingServiceSid: String?
    /// Without a slash at the end.
    package let apiBase: String
    /// Whether the operator named the provider's address, and may have named one of the own network.
    package let isAPIBaseGiven: Bool
    package let stopReply: String?
    package let startReply: String?
    package let helpReply: String?
    package let keywords: Keywords

    package static let keys: KeyList = [
        Keys.accountSid, Keys.authToken, Keys.previousAuthToken, Keys.sharedKey, Keys.publicURL, Keys.from,
        Keys.messagingServiceSid, Keys.apiBase, Keys.stopReply, Keys.startReply, Keys.helpReply, Keys.stopKeywords,
        Keys.startKeywords, Keys.helpKeywords,
    ]

    package static func check(_ section: inout SectionReader) {
        guard section.isGiven(Keys.from), section.isGiven(Keys.messagingServiceSid) else { return }
        section.complain(
            at: Keys.from, and: Keys.messagingServiceSid, "excludes messagingServiceSid",
            hint: "a messaging service picks the number itself; keep one of the two")
    }

    package init(reading section: SectionReader) {
        accountSid = section[Keys.accountSid]
        authToken = section[Keys.authToken]
        signatureKeys = [section[Keys.authToken], section[Keys.previousAuthToken], section[Keys.sharedKey]]
            .compactMap { $0.map(SignatureKey.init) }
        publicURL = section[Keys.publicURL].map { SMSConfiguration.base($0) }
        from = section[Keys.from]
        messagingServiceSid = section[Keys.messagingServiceSid]
        apiBase = SMSConfiguration.base(section[Keys.apiBase])
        isAPIBaseGiven = section.isGiven(Keys.apiBase)
        stopReply = section[Keys.stopReply]
        startReply = section[Keys.startReply]
        helpReply = section[Keys.helpReply]
        keywords = Keywords.builtIn.adding(
            Keywords(
                stop: section[Keys.stopKeywords], start: section[Keys.startKeywords], help: section[Keys.helpKeywords]))
    }

    private static func base(_ address: WebAddress) -> String {
        var text = address.text[...]
        while text.last == "/" { text.removeLast() }
        return String(text)
    }
}
