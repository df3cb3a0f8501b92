import HTTP

/// Who this site is to its peers: its keys, and the incarnation its journal is in.
package struct PeerIdentity: Sendable {
    package let keys: PeerKeys
    package let incarnation: Int64
    /// Where keys and learned peers are kept; nil for a site without a folder, as some tests make.
    package let folder: String?

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// What lies in `folder`; made where neither the key nor the incarnation is there yet.
    ///
    /// That is so at a site's first start, and where nobody knows this site yet: then both may be new. One without the
    /// other says that a backup was restored in part, and peers might take the site for what it was.
    /// - Parameters:
    ///   - journalLast: the journal's last sequence.
    ///   - now: wall time in milliseconds.
    package static func load(folder: String, journalLast: Int64, now: Int64) throws(Failure) -> PeerIdentity {
        do {
            let seed = try KeyFile.read(PeerKeys.path(in: folder))
            let known = try Incarnation.read(folder)
            if seed == nil, known != nil {
                throw Failure(
                    description: "\(PeerKeys.path(in: folder)) is missing; restore it from a backup, or remove "
                        + "\(Incarnation.path(in: folder)) and let every peer add this site anew")
            }
            if let known {
                guard journalLast >= known.sequence else {
                    throw Failure(
                        description:
                            "the journal in \(folder) ends at \(journalLast) and once ended at \(known.sequence): "
                            + "it was restored from a backup; run: interflow journal restored")
                }
            } else if seed != nil {
                throw Failure(
                    description:
                        "\(Incarnation.path(in: folder)) is missing; if the journal was restored from a backup, "
                        + "run: interflow journal restored")
            }
            let keys = try PeerKeys(folder: folder, seed: seed ?? KeyFile.make(PeerKeys.path(in: folder)))
            let incarnation = Incarnation(number: known?.number ?? max(1, now), sequence: journalLast)
            try incarnation.write(folder)
            return PeerIdentity(keys: keys, incarnation: incarnation.number, folder: folder)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(description: "\(error)")
        }
    }

    /// Notes where the journal ends now, so that an older copy of it is recognised. Best effort: a crash leaves an older
    /// note.
    func remember(journalLast: Int64) {
        guard let folder else { return }
        try? Incarnation(number: incarnation, sequence: journalLast).write(folder)
    }

    /// One that nothing remembers, for tests and for sites without a folder.
    package static func passing(incarnation: Int64 = 1) -> PeerIdentity {
        guard let key = Ed25519.PrivateKey(seed: RandomBytes.make(Ed25519.keyBytes)) else {
            preconditionFailure("32 random bytes are a key.")
        }
        return PeerIdentity(keys: PeerKeys(current: key), incarnation: incarnation, folder: nil)
    }
}
