package macroscope.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import macroscope.verify.ErrorStatistics;
import macroscope.verify.FileReport;

/**
 * The result of a verification as one JSON object: {@code {"files": [...]}}, for each file its kind
 * and counts; measured kinds have {@code metrics} instead of {@code passed} and {@code failed}.
 */
public final class VerificationJson {

  private VerificationJson() {}

  /** One line of JSON. */
  public static String of(List<FileReport> reports) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    var files = root.putArray("files");
    reports.forEach(report -> files.add(of(report)));
    return root.toString();
  }

  private static ObjectNode of(FileReport report) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("file", report.file()).put("kind", report.kind()).put("rows", report.rows());
    if (report.exact()) {
      node.put("passed", report.passed()).put("failed", report.failed());
    }
    node.put("unsupported", report.unsupported());
    if (!report.exact()) {
      ObjectNode metrics = node.putObject("metrics");
      report.metrics().forEach((name, errors) -> metrics.set(name, of(report, errors)));
    }
    return node;
  }

  private static ObjectNode of(FileReport report, ErrorStatistics errors) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rows", errors.rows());
    node.put("mape", errors.meanRelativeError());
    node.put("max", errors.greatestRelativeError());
    errors
        .rankCorrelation()
        .ifPresentOrElse(rho -> node.put("spearman", rho), () -> node.putNull("spearman"));
    report
        .bound()
        .ifPresent(
            bound -> {
              ObjectNode stated = node.putObject("bound");
              bound.mean().ifPresent(most -> stated.put("mape", most));
              bound.greatest().ifPresent(most -> stated.put("max", most));
              stated.put("holds", bound.holds(errors));
            });
    if (errors.uncertain() > 0) {
      node.put("uncertain", errors.uncertain()).put("within", errors.within());
    }
    return node;
  }
}
