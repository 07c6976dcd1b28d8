package macroscope.sweep;

import java.util.Optional;
import macroscope.accuracy.AccuracyResult;
import macroscope.unit.LookupCounts;

/**
 * What running the network told: the costly part of an evaluation, which does not depend on the
 * machine or the technology.
 *
 * @param task metrics of the task
 * @param weightQsnrDecibels signal-to-quantization-noise ratio over all weights of the network
 * @param lookups what lookups did, in units that count them
 */
public record Measurement(
    AccuracyResult task, double weightQsnrDecibels, Optional<LookupCounts> lookups) {}
