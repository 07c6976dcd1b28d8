package macroscope.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import macroscope.cost.CostReport;
import macroscope.cost.PriceTable;
import macroscope.hardware.Role;
import macroscope.machine.EnergyReport;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Measure;
import macroscope.sweep.Objective;
import macroscope.sweep.Objectives;

/** The columns that tables of points have, always the same and in the same order. */
final class Columns {

  private Columns() {}

  /** A column: its head, with the unit, and its cell for a point; an empty cell has no value. */
  record Column(String head, Function<Evaluation, String> cell) {}

  static List<Column> all() {
    List<Column> columns = new ArrayList<>(identity());
    for (Objective objective : Objectives.all()) {
      columns.add(new Column(objective.column(), e -> value(objective.value().apply(e))));
      if (objective.sampled()) {
        columns.add(new Column(objective.errorColumn(), e -> error(objective.value().apply(e))));
      }
    }
    columns.addAll(breakdown());
    columns.addAll(provenance());
    return List.copyOf(columns);
  }

  private static List<Column> identity() {
    return List.of(
        new Column("point", e -> Integer.toString(e.number())),
        new Column("block", e -> e.point().block()),
        new Column("model", e -> e.point().workload().name()),
        new Column("weights", e -> e.point().weights().name()),
        new Column("activations", e -> e.point().activations().name()),
        new Column("calibration", e -> e.point().calibration().text()),
        new Column("layers", e -> e.point().layers().shortText()),
        new Column("family", e -> e.point().family().name().toLowerCase(Locale.ROOT)),
        new Column("unit", e -> e.point().unit().name()),
        new Column("machine", e -> e.point().machine().name()),
        new Column("technology", e -> e.point().technology().name()),
        new Column(
            Objective.AREA_UNIT,
            e -> e.point().technology().area().map(PriceTable::unit).orElse("")));
  }

  /** Where energy and area go, by the purpose of parts and by memory. */
  private static List<Column> breakdown() {
    List<Column> columns = new ArrayList<>();
    for (Role role : Role.values()) {
      String name = role.name().toLowerCase(Locale.ROOT);
      columns.add(
          new Column(
              "unit_energy_" + name + " [pJ/MAC]",
              e -> number(e.hardware().unitPicojoulesPerMac(role))));
    }
    columns.add(new Column("sram_energy [pJ/MAC]", e -> memory(e, EnergyReport::sramPicojoules)));
    columns.add(new Column("dram_energy [pJ/MAC]", e -> memory(e, EnergyReport::dramPicojoules)));
    for (Role role : Role.values()) {
      String name = role.name().toLowerCase(Locale.ROOT);
      columns.add(
          new Column(
              "unit_area_" + name + " [" + Objective.AREA_UNIT + "]",
              e -> number(e.hardware().unitArea().map(a -> byRole(a, role)))));
    }
    return columns;
  }

  private static List<Column> provenance() {
    return List.of(
        new Column("utilisation [fraction]", e -> number(e.hardware().utilisation())),
        new Column("units_compared [1]", e -> number(e.hardware().units())),
        new Column("samples [1]", e -> Integer.toString(e.measurement().task().samples())),
        new Column(
            "non_finite_samples [1]",
            e -> Integer.toString(e.measurement().task().nonFiniteSamples())),
        new Column("logits_sha256", e -> e.measurement().task().logitsDigest()));
  }

  private static String value(Optional<Measure> measure) {
    return measure.map(m -> Numbers.precise(m.value())).orElse("");
  }

  private static String error(Optional<Measure> measure) {
    return measure.map(m -> Numbers.precise(m.standardError())).orElse("");
  }

  private static String number(Optional<Double> number) {
    return number.map(Numbers::precise).orElse("");
  }

  private static double byRole(CostReport report, Role role) {
    Map<Role, Double> sums = report.byRole();
    return sums.getOrDefault(role, 0.0);
  }

  private static String memory(Evaluation evaluation, Function<EnergyReport, Double> energy) {
    return number(evaluation.hardware().picojoulesPerMac(energy));
  }

  /** The heads alone. */
  static String[] heads(List<Column> columns) {
    return columns.stream().map(Column::head).toArray(String[]::new);
  }

  /** The cells of a point. */
  static List<String> cells(List<Column> columns, Evaluation evaluation) {
    return Arrays.asList(
        columns.stream().map(column -> column.cell().apply(evaluation)).toArray(String[]::new));
  }
}
