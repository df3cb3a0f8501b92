package import Routing

/// What one replication counted: a run of the whole scenario with numbers of its own.
package struct ReplicationResult: Sendable, Equatable {
    /// One, or several equal parts of the counted time when there is only one replication.
    package var batches: [BatchResult]
    /// Equal parts of the counted time, for a drawing.
    package var parts: [PartResult]
    /// What happened in the simulated world: customers who came, gave up or were served, shifts, reports, deadlines.
    package var events = 0
    /// Customers simulated, those not counted among them.
    package var contacts = 0
    /// Facts the router recorded.
    package var facts = 0
    /// What the router refused of what an agent said; a number other than 0 is a mistake of ours.
    package var refusals = 0
    /// Counted customers of whom nobody knows the end: the run stopped before it.
    package var unresolved = 0
    /// How the router's announced waits compare with what happened, over all queues and the whole run.
    package var estimates = EstimateScore()
    /// A hash of every fact: what, when, about whom, to whom.
    package var hash: UInt64 = 0x6A09_E667_F3BC_C908
    /// The counted time, in seconds.
    package var countedSeconds = 0.0
}

/// What was counted in one batch.
package struct BatchResult: Sendable, Equatable {
    /// By lane: queue, and site where contacts are sent to one.
    package var lanes: [Tally]
    /// By group of agents: contacts they answered.
    package var groups: [Tally]
    /// By group: microseconds with a customer, and microseconds there.
    package var busy: [Int64]
    package var staffed: [Int64]
    /// Standard deviation over agents of their occupancy in a window of eight hours, summed over windows: by group, then
    /// by site, then of all.
    package var spread: [Double]
    package var spreadWindows: [Int]
    /// Sums for control variates: time between arrivals and service times, with their known means taken off.
    package var controls = ControlSums()
}

/// Deviations from known means, summed over a batch: what luck had in it.
package struct ControlSums: Sendable, Equatable {
    /// Counted services: seconds longer or shorter than their law's mean, by that mean.
    package var service = 0.0
    package var services = 0
    /// Customers who came in the batch, and how many were expected in its time.
    package var arrivals = 0.0
    package var expectedArrivals = 0.0
    /// The batch ends with a customer and not at a moment: then its length is what varies.
    package var endsWithCustomer = false

    /// How many more came than expected, by that number; its mean is 0 exactly: a Poisson count by a known mean, or the sum of
    /// a known number of exponential times by its own.
    var arrivalLuck: Double {
        endsWithCustomer ? 1 - expectedArrivals / arrivals : arrivals / expectedArrivals - 1
    }
    /// Counted customers' waits in the ``ReferenceQueue``, seconds, with its exact mean taken off.
    package var reference = 0.0
    package var references = 0
    /// The same of being answered in time there, where all queues have one threshold.
    package var referenceInTime = 0.0
}

package struct PartResult: Sendable, Equatable {
    package var offered = 0
    package var answeredInTime = 0
    /// By group, microseconds.
    package var busy: [Int64]
    package var staffed: [Int64]
    /// Where the part ended, in seconds from the beginning.
    package var end = 0.0
}
