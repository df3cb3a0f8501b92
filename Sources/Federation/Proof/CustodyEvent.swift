/// One thing that happened to a contact's custody at one site, as that site's journal tells it.
package enum CustodyEvent: Hashable, Sendable {
    /// Its channel brought it: HELD under the first epoch.
    case began
    case changed(CustodyChange)
    /// After a restore from a backup.
    case restored(Restoration.Change)
    /// Offered to an agent of the site, or given to one.
    case assigned
    /// No agent has it, or is asked to take it, any more.
    case unassigned
    /// Its interaction here has ended: closed, abandoned, expired. Where the site holds it, so has the contact.
    case ended
}
