package macroscope.cli;

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
    String details = errors(report.metrics()) + failures(report) + reasons(report.reasons());
    return details.isEmpty() ? "" : "\n" + report.file() + "\n" + details;
  }

  private static String errors(Map<String, ErrorStatistics> metrics) {
    int width = metrics.keySet().stream().mapToInt(String::length).max().orElse(0);
    return metrics.entrySet().stream()
        .map(entry -> format("  %-" + width + "s  ", entry.getKey()) + errors(entry.getValue()))
        .collect(Collectors.joining());
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
