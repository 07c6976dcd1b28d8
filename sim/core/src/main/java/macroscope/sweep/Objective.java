package macroscope.sweep;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import macroscope.accuracy.Task;
import macroscope.cost.PriceTable;
import macroscope.cost.Quantity;
import macroscope.cost.TechnologyNode;

/**
 * A quantity that designs are compared by: it owns its column, its axis and its direction.
 *
 * @param name in sweep files and column heads
 * @param title on axes
 * @param unit of its values; {@link #AREA_UNIT} stands for the unit of the technology's areas
 * @param direction whether less is better
 * @param scale how an axis shows it
 * @param sampled whether it is estimated from test items and has a standard error
 * @param tasks that have it
 * @param priced what kind of prices it is computed from, if from any
 * @param value of an evaluation; empty where it does not exist
 */
public record Objective(
    String name,
    String title,
    String unit,
    Direction direction,
    Scale scale,
    boolean sampled,
    Set<Task> tasks,
    Optional<Quantity> priced,
    Function<Evaluation, Optional<Measure>> value) {

  public Objective {
    tasks = Set.copyOf(tasks);
  }

  /** The unit of an area, which each technology has its own of: um2, LUT6. */
  public static final String AREA_UNIT = "area_unit";

  /** How steps on an axis are to be read. */
  public enum Scale {
    LINEAR,
    /** Equal steps are equal factors. */
    LOGARITHMIC,
    /** Equal steps are equal factors, labelled at powers of two. */
    BINARY,
    /** Equal steps are equal factors of what is missing to 1: 0.9, 0.99, 0.999 are as far apart. */
    LOGARITHMIC_TO_ONE
  }

  /** Column head: name and unit. */
  public String column() {
    return name + " [" + unit + "]";
  }

  /** Head of the column of standard errors. */
  public String errorColumn() {
    return name + "_se [" + unit + "]";
  }

  /** Title and unit, for an axis whose points are all of one technology. */
  public String axisLabel(TechnologyNode technology) {
    return title + " [" + unitIn(technology) + "]";
  }

  /** The unit for people, of areas that of the technology. */
  public String unitIn(TechnologyNode technology) {
    String areaUnit = technology.area().map(PriceTable::unit).orElse(AREA_UNIT);
    return forPeople(unit.replace(AREA_UNIT, areaUnit));
  }

  private static String forPeople(String unit) {
    return unit.replace("um2", "\u00b5m\u00b2").replaceFirst("^u", "\u00b5");
  }

  /** The criterion of a front for evaluations that have a value. */
  ParetoFront.Criterion<Evaluation> criterion() {
    return new ParetoFront.Criterion<>(
        direction, evaluation -> value.apply(evaluation).orElseThrow().value());
  }
}
