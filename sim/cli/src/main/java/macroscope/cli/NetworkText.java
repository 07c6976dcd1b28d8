package macroscope.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import macroscope.machine.network.NetworkResult;
import macroscope.report.NetworkReport;

/**
 * Prints what a network takes, for people.
 *
 * @param result what it takes
 * @param prices what energies are made of
 */
record NetworkText(NetworkResult result, List<NetworkReport.PriceOfWork> prices) {

  private static final double GIGABYTE = 1e9;

  void print(PrintWriter out) {
    String each = result.run().machines() > 1 ? "GB, each GPU" : "GB";
    NetworkResult.Run run = result.run();
    out.printf("%s on %s: %s%n%n", run.model(), run.machine(), run.words());
    row(out, "latency", result.seconds() * 1e3, "ms");
    row(out, result.run().item() + "s a second", result.perSecond(), "");
    row(out, "multiply-accumulates", result.macs(), "");
    row(out, "GMAC a second", result.macs() / result.seconds() / 1e9, "");
    result.partOfPeak().ifPresent(part -> row(out, "part of the peak", 100 * part, "%"));
    row(out, "weights", result.footprint().weights() / GIGABYTE, each);
    row(out, "cache", result.footprint().cache() / GIGABYTE, each);
    row(out, "activations", result.footprint().activations() / GIGABYTE, each);
    result
        .limits()
        .bytes()
        .ifPresentOrElse(
            bytes -> fits(out, bytes, each),
            () -> out.printf("%-22s %12s%n", "fits", NetworkReport.NO_CAPACITY));
    if (result.limits().bytesPerSecond().isPresent()) {
      row(out, "moved", result.externalBytes() / GIGABYTE, each);
    }
    out.printf("%-22s %12s%n", "bound by", result.bound());
    result.partsByBound().forEach((bound, part) -> row(out, "  " + bound, 100 * part, "%"));
    energy(out);
    result.notes().forEach(out::println);
    out.println();
  }

  private void fits(PrintWriter out, double bytes, String each) {
    row(out, "memory", bytes / GIGABYTE, each);
    if (result.footprint().total() <= bytes) {
      out.printf("%-22s %12s%n", "fits", "yes");
    } else {
      out.printf(
          Locale.ROOT,
          "%-22s %12s  %.4g GB of %.4g GB: figures are those if it fitted%n",
          "does not fit",
          "",
          result.footprint().total() / GIGABYTE,
          bytes / GIGABYTE);
    }
  }

  /** By level. */
  private void energy(PrintWriter out) {
    result
        .energy()
        .ifPresent(
            energy -> {
              boolean several = result.run().machines() > 1;
              row(out, "energy", energy.total(), several ? "J, all GPUs" : "J");
              String item = "energy of a " + result.run().item();
              row(out, item, energy.total() / result.run().items(), "J");
              row(out, "mean power", energy.watts(), several ? "W, each GPU" : "W");
              row(out, "power limit", energy.boardWatts(), several ? "W, each GPU" : "W");
              for (Map.Entry<String, Double> level : energy.joules().entrySet()) {
                row(out, "  " + level.getKey(), level.getValue(), "J");
              }
            });
  }

  /** Where the prices of energies are from; nothing where there are none. */
  void printPrices(PrintWriter out) {
    if (result.energy().isPresent() && !prices.isEmpty()) {
      out.printf("%nprices of energy%n");
      prices.forEach(price -> price(out, price));
    }
  }

  private static void price(PrintWriter out, NetworkReport.PriceOfWork price) {
    out.printf(
        Locale.ROOT,
        "  %s: %.4g, %s, %s%n",
        price.price(),
        price.value(),
        price.provenance(),
        price.source());
  }

  private static void row(PrintWriter out, String what, double value, String unit) {
    String number = String.format(Locale.ROOT, "%.4g", value);
    out.println(String.format("%-22s %12s %s", what, number, unit).stripTrailing());
  }
}
