package macroscope.unit;

/**
 * What a datapath lost on its way, counted over any number of products.
 *
 * @param terms products of two numbers that are not zero
 * @param cut those of which alignment dropped bits that were not zero
 * @param vanished those of which it dropped all
 * @param addends accumulators that met products, group by group, and were not zero
 * @param addendsCut those of which alignment dropped bits that were not zero
 * @param overflows sums that became infinite (or NaN, or the largest number, in formats without
 *     infinity), or wrapped
 * @param saturations sums that were clamped
 */
public record Losses(
    long terms,
    long cut,
    long vanished,
    long addends,
    long addendsCut,
    long overflows,
    long saturations) {}
