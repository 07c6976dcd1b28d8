package macroscope.machine.gpu;

import java.util.Collections;
import java.util.EnumMap;
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
 */
public record EnergyPrices(
    Map<OperandType, Double> macPicojoules,
    double vectorPicojoules,
    double sharedPicojoulesPerByte,
    double cachePicojoulesPerByte,
    double dramPicojoulesPerByte,
    double constantWatts) {

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
  }

  /** The price of a multiply-accumulate; empty for a type that no source prices. */
  public Optional<Double> mac(OperandType type) {
    return Optional.ofNullable(macPicojoules.get(type));
  }
}
