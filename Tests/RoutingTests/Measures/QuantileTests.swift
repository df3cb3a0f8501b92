import InteractionModel
import Testing

@testable import Routing

@Suite struct QuantileTests {
    @Test(
        "The quantiles are those of the gamma distribution, to three percent of the mean",
        arguments: [
            // Shape, and the true quantiles of a mean of 1,000: scipy.stats.gamma(shape, scale=1000/shape).ppf
            (1.0, 693, 2303), (2.0, 839, 1945), (4.0, 918, 1670), (10.0, 967, 1421), (100.0, 997, 1130),
        ])
    func gamma(shape: Double, p50: Int64, p90: Int64) {
        let estimate = WaitForecast.quantiles(mean: 1000, variance: Int64(1_000_000 / shape))
        #expect(abs(estimate.p50.milliseconds - p50) <= 30)
        #expect(abs(estimate.p90.milliseconds - p90) <= 30)
    }
}
