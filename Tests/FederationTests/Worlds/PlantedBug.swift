import Testing

/// What a site could do wrong around the production step. Each is planted in the world that drives the step, never in the step.
enum PlantedBug: String, CaseIterable, CustomTestStringConvertible {
    /// The sender takes an offer in doubt back, alone.
    case takesBackOnATimer
    /// CANCEL of an open epoch is answered, and not written down.
    case cancelsWithoutTombstone
    /// TAKEN leaves before its commit, which a crash prevents.
    case answersBeforeCommit
    /// The sender believes any answer about the contact, whatever its epoch.
    case ignoresEpochs
    case assignsWhileOffered
    case dropsTombstones
    /// OFFER leaves before its commit, which a crash prevents.
    case sendsBeforeCommit
    /// A site restored from a backup goes on where the backup was.
    case goesOnAfterRestore

    var testDescription: String { rawValue }
}
