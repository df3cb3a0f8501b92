import InteractionModel

/// What people wrote: nothing that was acknowledged is lost, nothing is heard twice, and one writer's lines come in order.
extension Witness {
    /// Where a line has been.
    struct Hearing: Sendable {
        /// Contacts and sites that have it in a conversation.
        var places: [(contact: Int, site: Int)] = []
        /// One bit for each site that took it as a message to the customer.
        var queued = 0
        /// The message under which the customer read it: home's number for it.
        var readAs: Int64?
        var isAcknowledged = false
    }

    mutating func acknowledged(line: Int) {
        guard line < hearings.count, !hearings[line].places.isEmpty else {
            return complain("line \(line) was acknowledged and is written down nowhere")
        }
        hearings[line].isAcknowledged = true
    }

    /// A customer's line became part of a conversation at `site`, by itself.
    /// - Parameter number: rises with each at that site: the line's own at home, home's number for it elsewhere.
    mutating func kept(_ line: Int, numbered number: Int64, at site: Int, of contact: Int) {
        reserve(line)
        if hearings[line].places.contains(where: { $0 == (contact, site) }) {
            return complain("line \(line) is kept twice at \(names[site])", of: contact)
        }
        hearings[line].places.append((contact, site))
        let place = contact * names.count + site
        if lastKept[place] >= number {
            complain("line \(line) comes to \(names[site]) as \(number), after \(lastKept[place])", of: contact)
        }
        lastKept[place] = number
    }

    /// Lines became part of a conversation at `site` together, with the contact: some may have been there before.
    mutating func keptTogether(_ lines: [Int32], at site: Int, of contact: Int) {
        for line in lines {
            reserve(Int(line))
            if !hearings[Int(line)].places.contains(where: { $0 == (contact, site) }) {
                hearings[Int(line)].places.append((contact, site))
            }
        }
    }

    /// `site` took it on itself to send an agent's line to the customer; it came from `origin`, an agent's own site.
    mutating func queued(_ line: Int, at site: Int, from origin: Int, of contact: Int) {
        reserve(line)
        if hearings[line].queued >> site & 1 == 1 {
            return complain("line \(line) of an agent was taken twice at \(names[site])", of: contact)
        }
        hearings[line].queued |= 1 << site
        let place = contact * names.count + origin
        if site == contacts[contact].home {
            if Int(lastQueued[place]) > line {
                complain("line \(line) of an agent comes home after line \(lastQueued[place])", of: contact)
            }
            lastQueued[place] = Int32(line)
        }
        keptTogether([Int32(line)], at: site, of: contact)
    }

    /// `site` believes that an agent's line is out of its hands: its home must have taken it.
    mutating func sent(_ line: Int, by site: Int, of contact: Int) {
        let home = contacts[contact].home
        guard home != site, hearings[line].queued >> home & 1 == 0 else { return }
        complain(
            "\(names[site]) believes that \(names[home]) took line \(line), which it did not write down", of: contact)
    }

    /// The customer's provider has delivered a line, as the message of that number of that site.
    mutating func customerReads(_ line: Int, as message: Int64, at site: Int) {
        reserve(line)
        let name = Int64(site) << 48 | message
        if let known = hearings[line].readAs, known != name {
            return complain("line \(line) reached its customer twice, by way of \(names[site])")
        }
        hearings[line].readAs = name
        counts.read += 1
    }

    private mutating func reserve(_ line: Int) {
        while hearings.count <= line { hearings.append(Hearing()) }
    }
}

extension Witness {
    /// To whom a site has offered a contact without having heard.
    func offer(of contact: Int, at site: Int) -> SiteName? {
        let row = rows[contact * names.count + site]
        return row.state == .offered ? row.peer : nil
    }

    func hasEnded(_ contact: Int) -> Bool { contacts[contact].isClosed }

    /// After the storm: nothing is in doubt but with the dead, every contact has ended or waits where somebody sees it, and every
    /// line that was acknowledged is where its contact is.
    mutating func checkEnd(isDead: [Bool]) {
        for contact in contacts.indices where breach == nil {
            let custodian = names.indices.first { isCustodian(contact, $0) }
            guard let custodian else { return complain("nobody has \(name(contact))", of: contact) }
            if isDead[custodian] || isDead[contacts[contact].home] { continue }
            for site in names.indices where !isDead[site] {
                guard let peer = offer(of: contact, at: site), let place = names.firstIndex(of: peer.rawValue),
                    !isDead[place]
                else { continue }
                return complain("\(names[site]) is still in doubt about \(name(contact))", of: contact)
            }
        }
        for line in hearings.indices where breach == nil && hearings[line].isAcknowledged {
            let places = hearings[line].places
            let isServed = places.contains { isCustodian($0.contact, $0.site) }
            let isWithTheDead = places.contains { contact, _ in
                names.indices.contains { isCustodian(contact, $0) && isDead[$0] } || isDead[contacts[contact].home]
            }
            if !isServed, !isWithTheDead {
                complain(
                    "line \(line) was acknowledged and whoever has its contact never saw it", of: places.first?.contact)
            }
        }
    }
}
