package macroscope.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import macroscope.verify.ErrorStatistics;
import macroscope.verify.FileReport;

/** The result of a verification as text for people: a table, then what is wrong in each file. */
final class VerificationTable {

  private VerificationTable() {}

  static String of(List<FileReport> reports) {
    int width = reports.stream().mapToInt(report -> report.file().length()).max().orElse(4);
    StringBuilder text = new StringBuilder();
    text.append(line(width, "file", "kind", "rows", "passed", "failed", "unsupported"));
    for (FileReport report : reports) {
      text.append(
          line(
              width,
              report.file(),
              report.kind(),
              String.valueOf(report.rows()),
              report.exact() ? String.valueOf(report.passed()) : "-",
              report.exact() ? String.valueOf(report.failed()) : "-",
              String.valueOf(report.unsupported())));
    }
    reports.forEach(report -> text.append(details(report)));
    return text.toString();
  }

  private static String line(int width, String file, String kind, String... counts) {
    StringBuilder line = new StringBuilder(format("%-" + width + "s  %-9s", file, kind));
    for (String count : counts) {
      line.append(format(" %11s", count));
    }
    return line.append('\n').toString();
  }

  private static String details(FileReport report) {
    String details = errors(report) + failures(report) + reasons(report.reasons());
    return details.isEmpty() ? "" : "\n" + report.file() + "\n" + details;
  }

  private static String errors(FileReport report) {
    Map<String, ErrorStatistics> metrics = report.metrics();
    int width = metrics.keySet().stream().mapToInt(String::length).max().orElse(0);
    String text =
        metrics.entrySet().stream()
            .map(
                entry ->
                    format("  %-" + width + "s  ", entry.getKey())
                        + errors(entry.getValue())
                        + bounds(report, entry.getValue()))
            .collect(Collectors.joining());
    boolean stated =
        report.bound().isPresent() || metrics.values().stream().anyMatch(e -> e.uncertain() > 0);
    return text.isEmpty() || stated
        ? text
        : text + format("  no bound of these errors is stated beside the file%n");
  }

  /** What is stated of errors, and whether it holds. */
  private static String bounds(FileReport report, ErrorStatistics errors) {
    String stated =
        report
            .bound()
            .map(
                bound ->
                    format(
                        "    README.md: %s%s: %s%n",
                        bound.mean().map(m -> "mean at most " + percent(m)).orElse(""),
                        bound.greatest().map(m -> ", largest at most " + percent(m)).orElse(""),
                        holds(bound.holds(errors))))
            .orElse("");
    return errors.uncertain() == 0
        ? stated
        : stated
            + format(
                "    %d of %d rows within their uncertainty: %s%n",
                errors.within(), errors.uncertain(), holds(errors.within() == errors.uncertain()));
  }

  private static String percent(double fraction) {
    return BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros().toPlainString()
        + " %";
  }

  private static String holds(boolean holds) {
    return holds ? "holds" : "does not hold";
  }

  private static String errors(ErrorStatistics errors) {
    String rho =
        errors.rankCorrelation().isEmpty()
            ? "undefined"
            : format("%.3f", errors.rankCorrelation().getAsDouble());
    return format(
        "%d rows, mean error %.1f %%, largest %.1f %%, rank correlation %s%n",
        errors.rows(), 100 * errors.meanRelativeError(), 100 * errors.greatestRelativeError(), rho);
  }

  private static String failures(FileReport report) {
    StringBuilder text = new StringBuilder();
    for (FileReport.Failure failure : report.failures()) {
      text.append(format("  failed %s, %s%n", failure.id(), failure.what().field()))
          .append(format("    expected %s%n", failure.what().expected()))
          .append(format("    got      %s%n", failure.what().got()));
    }
    long rest = report.failed() - report.failures().size();
    return rest == 0 ? text.toString() : text + format("  and %d more failed%n", rest);
  }

  private static String reasons(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .map(entry -> format("  unsupported %d: %s%n", entry.getValue(), entry.getKey()))
        .collect(Collectors.joining());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
  }
}
