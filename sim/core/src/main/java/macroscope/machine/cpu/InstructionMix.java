package macroscope.machine.cpu;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Vector instructions of one iteration of a loop, by kind; a mean, so that fractions are allowed.
 *
 * @param counts instructions of each kind, 0 or more
 */
public record InstructionMix(Map<Operation, Double> counts) {

  public InstructionMix {
    counts.forEach(
        (operation, count) -> {
          if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                "instructions of kind " + operation + " must be finite and 0 or more: " + count);
          }
        });
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /** No instruction. */
  public static InstructionMix none() {
    return new InstructionMix(new EnumMap<Operation, Double>(Operation.class));
  }

  /** These and {@code count} more of a kind. */
  public InstructionMix plus(Operation operation, double count) {
    Map<Operation, Double> sum = new EnumMap<>(Operation.class);
    sum.putAll(counts);
    sum.merge(operation, count, Double::sum);
    return new InstructionMix(sum);
  }

  /** Instructions of all kinds. */
  public double total() {
    return counts.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
