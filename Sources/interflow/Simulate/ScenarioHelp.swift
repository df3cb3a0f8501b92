/// The keys of a scenario, each with an example, for `--help`. Sources/Simulation/README.md says the same at length.
enum ScenarioHelp {
    static let keys = [
        "queues.NAME.arrivals: 120 (an hour); or [{from: 8, perHour: 90}, {from: 18, perHour: 5}]; or [0.5, 3, 9.25] (seconds)",
        "queues.NAME.priority: 60 (bigger first; seconds of head start, or a band under policy.priority: strict)",
        "queues.NAME.skills: {german: 3}   queues.NAME.patience: 180, or none   queues.NAME.serviceLevel: 20",
        "queues.NAME.waitingMax: 30   queues.NAME.handling: 300, or {mean: 300, distribution: lognormal, cv: 0.8}",
        "agents: [{name: day, count: 20, skills: {german: 5}, site: berlin, handling: 300, distribution: erlang, k: 3, "
            + "shifts: [{from: 8, to: 16}]}]   distribution: exponential, constant, lognormal (cv), erlang (k)",
        "policy: {order: longest-idle, priority: head-start}   order: longest-idle, least-occupied, round-robin, random "
            + "(a baseline: the simulator draws the agent)   priority: head-start, strict   choice: longest-wait, primary-first",
        "sites: {rule: med, reportEvery: 30, belief: counted, interflow: 5}   rule: pooled, separate, round-robin, med, local   "
            + "belief: naive, counted",
        "lines: 120 (in the house at once)   waitingMax: 30 (in all queues together)   warmup: 10h   duration: 30d, or contacts: 1000000",
    ]
}
