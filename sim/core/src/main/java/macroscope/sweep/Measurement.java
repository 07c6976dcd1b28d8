package macroscope.sweep;

import macroscope.accuracy.AccuracyResult;

/**
 * What running the network told: the costly part of an evaluation, which does not depend on the
 * machine or the technology.
 *
 * @param task metrics of the task
 * @param weightQsnrDecibels signal-to-quantization-noise ratio over all weights of the network
 */
public record Measurement(AccuracyResult task, double weightQsnrDecibels) {}
