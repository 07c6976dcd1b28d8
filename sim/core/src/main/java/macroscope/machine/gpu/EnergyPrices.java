package macroscope.machine.gpu;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What work costs on a graphics processor.
 *
 * @param macPicojoules of a multiply-accumulate of matrix units, with its share of the instruction, by
 *     type; a type without a price has none
 * @param vectorPicojoules of an operation of a vector lane, with its share of the instruction
 * @param sharedPicojoulesPerByte of shared memory and first-level cache, registers included
 * @param cachePicojoulesPerByte of the second-level cache
 * @param dramPicojoulesPerByte of external memory
 * @param constantWatts drawn whatever is computed
 * @param boardWatts what the board may draw
 */
public record EnergyPrices(
    Map<OperandType, Double> macPicojoules,
    double vectorPicojoules,
    double sharedPicojoulesPerByte,
    double cachePicojoulesPerByte,
    double dramPicojoulesPerByte,
    double constantWatts,
    double boardWatts) {

  public EnergyPrices {
    macPicojoules.forEach((type, pj) -> GpuMemory.positive("picojoules of " + type, pj));
    Map<OperandType, Double> copy = new EnumMap<>(OperandType.class);
    copy.putAll(macPicojoules);
    macPicojoules = Collections.unmodifiableMap(copy);
    GpuMemory.positive("picojoules of a vector operation", vectorPicojoules);
    GpuMemory.positive("picojoules a byte of shared memory", sharedPicojoulesPerByte);
    GpuMemory.positive("picojoules a byte of the cache", cachePicojoulesPerByte);
    GpuMemory.positive("picojoules a byte of external memory", dramPicojoulesPerByte);
    GpuMemory.positive("constant watts", constantWatts);
    GpuMemory.positive("watts of the board", boardWatts);
    if (constantWatts >= boardWatts) {
      throw new IllegalArgumentException(
          "constant watts must be below those of the board, " + boardWatts + ": " + constantWatts);
    }
  }

  /**
   * Joules of work by level, from matrix units to external memory.
   *
   * @param work what is done; its multiply-accumulates are priced apart, since their types differ
   * @param macPicojoules of all its multiply-accumulates
   */
  public Map<String, Double> joules(Work work, double macPicojoules) {
    Map<String, Double> joules = new LinkedHashMap<>();
    joules.put("tensor cores", macPicojoules * 1e-12);
    joules.put("vector lanes", work.vectorOperations() * vectorPicojoules * 1e-12);
    joules.put("shared memory", work.sharedBytes() * sharedPicojoulesPerByte * 1e-12);
    joules.put("l2 cache", work.cacheBytes() * cachePicojoulesPerByte * 1e-12);
    joules.put("dram", work.dramBytes() * dramPicojoulesPerByte * 1e-12);
    return joules;
  }

  /**
   * What of the priced energy of work the board can have drawn: all, or as much as its power lets through
   * in the time at full clock. Prices give way and not times: a product of 8192 x 12288 x 12288 was
   * measured on an A100 at full rate inside 400 W, which its prices put at 565 W.
   *
   * @param joules of work, without what is drawn always
   * @param seconds at full clock
   * @return a factor of at most 1
   */
  public double withinPower(double joules, double seconds) {
    return Math.min(1, (boardWatts - constantWatts) * seconds / joules);
  }

  /**
   * Seconds that work takes at most, if its prices are right and the board lowers its clock to them.
   * Energy of work is kept at that of the full clock, where a lower clock's lower voltage would save some.
   *
   * @param joules of work, without what is drawn always
   * @param seconds at full clock
   */
  public double secondsAtMost(double joules, double seconds) {
    return Math.max(seconds, joules / (boardWatts - constantWatts));
  }

  /** The price of a multiply-accumulate; empty for a type that no source prices. */
  public Optional<Double> mac(OperandType type) {
    return Optional.ofNullable(macPicojoules.get(type));
  }
}
