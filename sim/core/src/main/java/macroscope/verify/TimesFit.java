package macroscope.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import macroscope.input.InputException;
import macroscope.machine.ConstantFit;
import macroscope.machine.FittedConstant;
import macroscope.machine.TimedMachine;

/**
 * The constants of one machine, fitted on the measured times of a file.
 *
 * @param machine its name
 * @param shipped the constants that its file has
 * @param fitted the constants that fit the rows best
 * @param rows errors row by row
 */
public record TimesFit(
    String machine,
    List<FittedConstant> shipped,
    List<FittedConstant> fitted,
    List<RowErrors> rows) {

  public TimesFit {
    shipped = List.copyOf(shipped);
    fitted = List.copyOf(fitted);
    rows = List.copyOf(rows);
  }

  /**
   * Errors of one row, (predicted - measured) / measured.
   *
   * @param row the row in a few words
   * @param measuredMilliseconds what was measured
   * @param shipped with the machine's own constants
   * @param fitted with those fitted on all rows
   * @param leftOut with those fitted on all rows but this; NaN if it is the only one
   */
  public record RowErrors(
      String row, double measuredMilliseconds, double shipped, double fitted, double leftOut) {}

  /**
   * Fits every machine that a file has rows of and that is modelled.
   *
   * @throws InputException if the file holds no times, is malformed, or has no such row
   */
  public static List<TimesFit> of(Path path, TimedMachines machines) {
    try (VectorFile file = VectorFile.open(path)) {
      TimesKind<?> kind =
          VectorKinds.times(machines).stream()
              .filter(k -> k.columns().match(file.header()))
              .findFirst()
              .orElseThrow(
                  () -> new InputException(file.name() + ", line 1", "must be a header of times"));
      List<TimesFit> fits = of(file, kind.reader());
      if (fits.isEmpty()) {
        throw new InputException(file.name(), "must have rows of a machine that is modelled");
      }
      return fits;
    }
  }

  private static <M extends TimedMachine<M>> List<TimesFit> of(
      VectorFile file, TimesReader<M> reader) {
    Map<String, List<ConstantFit.Row<M>>> rows = new LinkedHashMap<>();
    while (file.hasNext()) {
      VectorRow row = file.next(false);
      M machine = reader.machines().get(row.text("machine"));
      if (machine == null) {
        continue;
      }
      double measured = TimesKind.measured(row);
      Optional<ToDoubleFunction<M>> predicted = reader.milliseconds(row, machine);
      predicted.ifPresent(
          p ->
              rows.computeIfAbsent(machine.name(), name -> new ArrayList<>())
                  .add(new ConstantFit.Row<>(reader.describe(row), p, measured)));
    }
    return rows.entrySet().stream()
        .map(e -> fit(machine(reader, e.getKey()), e.getValue()))
        .toList();
  }

  private static <M extends TimedMachine<M>> M machine(TimesReader<M> reader, String name) {
    return reader.machines().values().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static <M extends TimedMachine<M>> TimesFit fit(
      M machine, List<ConstantFit.Row<M>> rows) {
    ConstantFit<M> fit = new ConstantFit<>(machine, rows);
    M fitted = fit.fitted();
    double[] left = rows.size() > 1 ? fit.leaveOneOutErrors() : new double[] {Double.NaN};
    List<RowErrors> errors =
        IntStream.range(0, rows.size())
            .mapToObj(
                i -> {
                  ConstantFit.Row<M> row = rows.get(i);
                  return new RowErrors(
                      row.name(), row.measured(), row.error(machine), row.error(fitted), left[i]);
                })
            .toList();
    return new TimesFit(machine.name(), machine.constants(), fitted.constants(), errors);
  }
}
