import ChannelKit
import Configuration
import InteractionModel
import SMS
import Template

/// The channels this build speaks: one line each, beside the list in Package.swift.
enum ChannelCatalog {
    static let registrations = [
        ChannelRegistration(SMSAdapter.self),
        ChannelRegistration(TemplateAdapter.self),
    ]

    /// The section each kind of account is read as.
    static var sections: SectionCatalog {
        SectionCatalog(registrations.map { .init($0.channel.rawValue, $0.configuration) })
    }
}
