package import Configuration
package import InteractionModel

/// An adapter's entry in the catalog of a build: `ChannelRegistration(SMSAdapter.self)`.
///
/// It forgets the adapter's type, so that a catalog is a plain array and a site can read, make and keep them all alike.
package struct ChannelRegistration: Sendable {
    package let channel: ChannelName
    /// The type an account's section is read as.
    package let configuration: any ConfigurationSection.Type
    private let maker:
        @Sendable (AccountName, any ConfigurationSection, any ChannelServices) throws(ConfigurationFault) ->
            any ChannelAdapter

    package init<Adapter: ChannelAdapter>(_ adapter: Adapter.Type) {
        channel = Adapter.channel
        configuration = Adapter.Configuration.self
        maker = { (account, section, services) throws(ConfigurationFault) in
            guard let section = section as? Adapter.Configuration else {
                preconditionFailure("The section of a \(Adapter.channel) account was read as \(type(of: section)).")
            }
            return try Adapter(account: account, configuration: section, services: services)
        }
    }

    /// Makes the adapter of one account. `section` must have been read as `configuration`.
    package func adapter(
        for account: AccountName, section: any ConfigurationSection, services: any ChannelServices
    ) throws(ConfigurationFault) -> any ChannelAdapter {
        try maker(account, section, services)
    }
}
