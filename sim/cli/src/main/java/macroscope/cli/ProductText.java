package macroscope.cli;

import java.io.PrintWriter;
import java.util.Locale;
import macroscope.report.ProductReport;

/** Prints what a product takes, for people. */
record ProductText(ProductReport report) {

  void print(PrintWriter out) {
    out.printf("%s: %s%n", report.machine(), report.description());
    row(out, "cycles", String.format(Locale.ROOT, "%.0f", report.cycles()), "");
    row(out, "time", number(report.seconds() * 1e6), "us");
    report.utilisation().ifPresent(part -> row(out, "utilisation", number(100 * part), "%"));
    row(out, "multiply-accumulates", String.valueOf(report.gemm().macs()), "");
    words(out, "bound by", report.bound());
    report.mapping().forEach(one -> words(out, one.name(), one.value()));
    out.printf("%n%-22s %14s %8s%n", "cycles by cause", "", "%");
    for (ProductReport.Part part : report.parts()) {
      if (part.cycles() > 0) {
        String cycles = String.format(Locale.ROOT, "%.0f", part.cycles());
        row(out, "  " + part.cause(), cycles, share(part.cycles(), report.cycles()));
      }
    }
    units(out);
    memories(out);
    report.withoutChart().ifPresent(why -> out.printf("%n%s%n", why));
  }

  private void memories(PrintWriter out) {
    if (report.levels().isEmpty()) {
      return;
    }
    out.printf("%n%-22s %14s %14s%n", "memory", "bytes", "pJ");
    for (ProductReport.Level level : report.levels()) {
      String bytes = String.format(Locale.ROOT, "%.0f", level.bytes());
      String energy = level.picojoules().map(ProductText::number).orElse("-");
      out.printf("  %-20s %14s %14s%n", level.name(), bytes, energy);
    }
  }

  /** Where units are counted, what each of them does in its cycles. */
  private void units(PrintWriter out) {
    long all = report.parts().stream().mapToLong(p -> p.unitCycles().orElse(0L)).sum();
    if (all == 0) {
      return;
    }
    out.printf("%n%-22s %14s %8s%n", "units times cycles", "", "%");
    report
        .parts()
        .forEach(
            part ->
                part.unitCycles()
                    .ifPresent(
                        count ->
                            row(
                                out,
                                "  " + part.cause(),
                                String.valueOf(count),
                                share(count, all))));
  }

  private static String share(double part, double all) {
    return String.format(Locale.ROOT, "%8.2f", 100 * part / all);
  }

  private static void row(PrintWriter out, String what, String value, String unit) {
    out.printf("%-22s %14s %s%n", what, value, unit);
  }

  private static void words(PrintWriter out, String what, String value) {
    out.printf("%-22s %s%n", what, value);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
