package macroscope.sweep;

import java.util.Optional;

/**
 * Electricity and carbon dioxide of many inferences: energy per inference, memories included, times their
 * number, times the carbon intensity of the grid. What the rest of a computer, its cooling and its making
 * take is not in it.
 *
 * @param inferences how many, positive
 * @param gramsPerKilowattHour carbon dioxide (equivalents, if the intensity is told so) for a kilowatt-hour
 */
public record Footprint(double inferences, double gramsPerKilowattHour) {

  /** Exact: a watt is a joule a second (SI). */
  private static final double MICROJOULES_PER_KILOWATT_HOUR = 3.6e12;

  private static final double GRAMS_PER_KILOGRAM = 1e3;

  public Footprint {
    if (!(inferences > 0) || Double.isInfinite(inferences)) {
      throw new IllegalArgumentException("inferences must be positive: " + inferences);
    }
    if (!(gramsPerKilowattHour >= 0) || Double.isInfinite(gramsPerKilowattHour)) {
      throw new IllegalArgumentException(
          "grid_grams_co2_per_kwh must be at least 0: " + gramsPerKilowattHour);
    }
  }

  /** Kilowatt-hours; empty where {@code energy_per_inference} is. */
  public Optional<Double> kilowattHours(Evaluation evaluation) {
    return Objectives.find("energy_per_inference")
        .flatMap(energy -> energy.value().apply(evaluation))
        .map(microjoules -> microjoules.value() * inferences / MICROJOULES_PER_KILOWATT_HOUR);
  }

  /** Kilograms of carbon dioxide; empty where there is no energy. */
  public Optional<Double> kilogramsOfCarbonDioxide(Evaluation evaluation) {
    return kilowattHours(evaluation).map(kwh -> kwh * gramsPerKilowattHour / GRAMS_PER_KILOGRAM);
  }
}
