package macroscope.fpga;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * An amount of each resource, at least 0; a fraction where a unit is charged its part of one.
 *
 * @param amounts those that are not 0
 */
public record Resources(Map<Resource, Double> amounts) {

  /** Nothing. */
  public static final Resources NONE = new Resources(Map.of());

  public Resources {
    Map<Resource, Double> kept = new EnumMap<>(Resource.class);
    amounts.forEach(
        (resource, amount) -> {
          if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                resource + " must be finite and at least 0: " + amount);
          }
          if (amount > 0) {
            kept.put(resource, amount);
          }
        });
    amounts = Collections.unmodifiableMap(kept);
  }

  /** An amount of one resource. */
  public static Resources of(Resource resource, double amount) {
    return new Resources(Map.of(resource, amount));
  }

  public double get(Resource resource) {
    return amounts.getOrDefault(resource, 0.0);
  }

  public Resources plus(Resources other) {
    return combined(other, Double::sum);
  }

  /** Of each resource as much as both have. */
  Resources scaledBy(Resources fractions) {
    return combined(fractions, (amount, fraction) -> amount * fraction);
  }

  /** So many times this. */
  public Resources times(double factor) {
    Map<Resource, Double> scaled = new EnumMap<>(Resource.class);
    amounts.forEach((resource, amount) -> scaled.put(resource, amount * factor));
    return new Resources(scaled);
  }

  /** The next whole amount of each: what a part takes that shares with nobody. */
  public Resources whole() {
    Map<Resource, Double> rounded = new EnumMap<>(Resource.class);
    amounts.forEach((resource, amount) -> rounded.put(resource, Math.ceil(amount)));
    return new Resources(rounded);
  }

  /** Whether {@code available} has as much of each. */
  public boolean fit(Resources available) {
    return amounts.entrySet().stream()
        .allMatch(entry -> entry.getValue() <= available.get(entry.getKey()));
  }

  private Resources combined(Resources other, DoubleBinaryOperator operator) {
    Map<Resource, Double> result = new EnumMap<>(Resource.class);
    for (Resource resource : Resource.values()) {
      result.put(resource, operator.applyAsDouble(get(resource), other.get(resource)));
    }
    return new Resources(result);
  }
}
