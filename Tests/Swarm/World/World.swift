import Chance
import Federation
import InteractionModel
import Routing

/// Several sites in one thread under one seed: their production cores, a network and people who behave as the seed will have it,
/// and a witness. Two runs of one seed are the same to the last bit.
package struct World: Sendable {
    package let seed: UInt64
    package let weather: Weather
    package let plant: Plant?
    var dice: Dice
    /// Milliseconds since the beginning, by a clock that nobody in this world has.
    package internal(set) var now: Int64 = 0
    package internal(set) var events = 0
    package internal(set) var faults = 0
    package internal(set) var crashes = 0
    var agenda = Agenda()
    var network: Network
    var sites: [SiteProcess] = []
    let names: [SiteName]
    var customers: [Customer] = []
    var lines: [Line] = []
    var requests = 0
    package internal(set) var witness: Witness
    /// Faults have ended and nobody new comes: what is left must come to rest.
    var isCalm = false
    /// Prints what happens: all of it, or what names one contact.
    package var isTracing = false
    package var traced: String?

    static let cities = ["aachen", "berlin", "celle", "dresden", "essen", "fulda", "gera", "halle"]

    package init(seed: UInt64, weather: Weather? = nil, plant: Plant? = nil) {
        self.seed = seed
        self.weather = weather ?? Weather(seed: seed)
        self.plant = plant
        dice = Dice(seed: seed)
        names = Self.cities.prefix(self.weather.sites).map { SiteName($0) }
        network = Network(sites: names.count)
        witness = Witness(names: names.map(\.rawValue))
        for name in names {
            sites.append(SiteProcess(name: name, skew: self.weather.skew == 0 ? 0 : dice.number(0...self.weather.skew)))
        }
    }

    func place(of site: SiteName) -> Int? { names.firstIndex(of: site) }

    // MARK: The main verb

    /// Lets things happen until so many have, or something is wrong. False where nothing is left to happen.
    @discardableResult
    package mutating func run(events limit: Int) -> Bool {
        if events == 0, now == 0 { begin() }
        while events < limit, witness.breach == nil {
            guard let entry = agenda.takeFirst() else { return false }
            now = entry.at
            events += 1
            happen(entry.event)
        }
        return true
    }

    private mutating func begin() {
        for site in sites.indices { start(site) }
        agenda.plan(.customer, at: 1)
        agenda.plan(.supervisor, at: 500)
        if weather.clogEvery > 0 { agenda.plan(.clog, at: dice.pause(mean: weather.clogEvery)) }
        if weather.partitionEvery > 0 { agenda.plan(.partition, at: dice.pause(mean: weather.partitionEvery)) }
        guard weather.crashEvery > 0 else { return }
        for site in sites.indices { planCrash(of: site) }
    }

    private mutating func happen(_ event: Event) {
        switch event {
        case .customer: customerComes()
        case .line(let line): send(line: line)
        case .customerActs(let customer): customerActs(customer)
        case .packet(let place): packetArrives(place)
        case .committed(let site, let life): if isAlive(site, life) { committed(site) }
        case .cut(let site, let life, let peer, let request):
            if isAlive(site, life) { requestFailed(request, to: peer, at: site) }
        case .outbox(let site, let life, let peer): if isAlive(site, life) { sendWhatIsDue(to: peer, from: site) }
        case .summary(let site, let life): if isAlive(site, life) { tellOfItself(site, life) }
        case .timer(let site, let life): if isAlive(site, life) { timerGoesOff(site) }
        case .agent(let site, let life, let agent): if isAlive(site, life) { agentActs(agent, at: site) }
        case .sent(let site, let life, let message, let attempt):
            if isAlive(site, life) { providerAnswers(message, attempt: attempt, at: site) }
        case .crash(let site): crash(site)
        case .start(let site): start(site)
        case .clog: if !isCalm { clog() }
        case .unclog(let link): unclog(link)
        case .partition: if !isCalm { partition() }
        case .heal: mendLinks()
        case .supervisor: supervise()
        }
    }

    private func isAlive(_ site: Int, _ life: Int) -> Bool { sites[site].isUp && sites[site].life == life }

    // MARK: Processes

    mutating func planCrash(of site: Int) {
        let pause = dice.pause(mean: weather.crashEvery)
        agenda.plan(.crash(site: site), at: now + pause)
    }

    mutating func crash(_ site: Int) {
        guard sites[site].isUp, !isCalm else { return }
        if isTracing { trace("\(names[site]) crashes") }
        sites[site].end()
        faults += 1
        crashes += 1
        if weather.death, !sites.contains(where: \.isDead), dice.happens(permille: 100) {
            sites[site].isDead = true
            return
        }
        let pause = dice.number(0...max(1, weather.restartMax))
        agenda.plan(.start(site: site), at: now + pause)
    }

    /// A process reads what its predecessors kept, begins a new epoch, and tells everybody.
    mutating func start(_ site: Int) {
        guard !sites[site].isUp, !sites[site].isDead else { return }
        if isTracing { trace("\(names[site]) starts") }
        do {
            try sites[site].begin(
                fromRows: weather.restoresFromRows && sites[site].life > 0, peers: names, rules: weather.outboxRules)
        } catch {
            return witness.complain("\(names[site]) cannot be restored: \(error)")
        }
        plantAtStart(of: site)
        sites[site].epoch += 1
        let life = sites[site].life
        let isFirst = sites[site].epoch == 1
        sites[site].wakeAt = Array(repeating: 0, count: weather.agents)
        for agent in 0..<weather.agents { wake(agent, at: site, in: dice.number(1...3_000)) }
        for peer in names.indices where peer != site {
            agenda.plan(.outbox(site: site, life: life, peer: peer), at: now + dice.number(1...100))
        }
        agenda.plan(.summary(site: site, life: life), at: now + dice.number(1...1_000))
        if !isFirst, weather.crashEvery > 0 { planCrash(of: site) }
        say(.event(.siteStarted(epoch: sites[site].epoch, release: "swarm", wallOffset: .zero)), to: site)
        if isFirst { say(.event(.planActivated(plan(of: site, version: 1))), to: site) }
    }

    // MARK: Telling

    func trace(_ line: @autoclosure () -> String) {
        let text = line()
        if let traced, !text.contains(traced) { return }
        print("\(events) \(now) \(text)")
    }
}
