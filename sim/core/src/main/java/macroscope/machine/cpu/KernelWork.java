package macroscope.machine.cpu;

/**
 * What one call of a kernel does.
 *
 * @param loop vector instructions of an iteration of its inner loop
 * @param iterations how often it runs
 * @param chainCycles cycles of an iteration that dependent sums need, however many ports there are; 0
 *     where sums are independent
 * @param streamedBytes bytes of weights and scales, each read once
 */
public record KernelWork(
    InstructionMix loop, double iterations, double chainCycles, double streamedBytes) {}
