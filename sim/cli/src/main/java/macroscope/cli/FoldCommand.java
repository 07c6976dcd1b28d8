package macroscope.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.config.AcceleratorFile;
import macroscope.cost.MissingPriceException;
import macroscope.fpga.Accelerator;
import macroscope.fpga.DesignClock;
import macroscope.fpga.MatrixVectorUnit;
import macroscope.fpga.Resource;
import macroscope.fpga.Resources;
import macroscope.input.InputException;
import macroscope.report.Listing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fold}: a network as matrix-vector units on a programmable device. */
@Command(
    name = "fold",
    description = {
      "A network on a programmable device, a matrix-vector unit for each layer: PE x SIMD, cycles,",
      "accumulators, what each takes, and how fast inputs follow each other. The file says the folding",
      "or the cycles; without either it is the fastest that fits. Multipliers, accumulators, thresholds",
      "and weight memories are counted; what makes vectors of images, pools and queues is not."
    },
    footer = {
      "",
      "Examples:",
      "  macroscope fold mnist-cnn-w4a4",
      "  macroscope fold mnist-cnn-w4a4 --device u280 --cycles 3200"
    })
final class FoldCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(
      paramLabel = "FILE",
      description = "An accelerator of configs/accelerators or a file.")
  private String file;

  @Option(names = "--device", paramLabel = "D", description = "In place of the file's device.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--cycles",
      paramLabel = "N",
      description = "Cycles from one input to the next, in place of the file's folding.")
  private Optional<Long> cycles = Optional.empty();

  @Override
  public void run() {
    if (cycles.isPresent() && cycles.get() < 1) {
      throw new InputException("--cycles", "must be at least 1: " + cycles.get());
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      Accelerator accelerator = AcceleratorFile.find(file).accelerator(device, cycles);
      cycles.ifPresent(most -> requireWithin(most, accelerator.cycles()));
      style.print(listing(accelerator), out);
      if (!style.csv() && !style.json()) {
        summary(accelerator, out);
      }
    } catch (MissingPriceException e) {
      throw new InputException("FILE", String.valueOf(e.getMessage()), e);
    }
    out.flush();
  }

  private static void requireWithin(long most, long fastest) {
    if (fastest > most) {
      throw new InputException(
          "--cycles", "must be at least " + fastest + ", the fastest folding: " + most);
    }
  }

  static Listing listing(Accelerator accelerator) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "layer", "rows", "columns", "vectors", "pe", "simd", "cycles", "accumulator_bits"));
    for (Resource resource : Resource.values()) {
      columns.add(DeviceListing.lower(resource));
    }
    columns.add("utilisation");
    List<List<Object>> rows = new ArrayList<>();
    for (Accelerator.Layer layer : accelerator.layers()) {
      MatrixVectorUnit unit = layer.unit();
      List<Object> row =
          new ArrayList<>(
              List.of(
                  layer.name(),
                  unit.layer().n(),
                  unit.layer().k(),
                  unit.layer().m(),
                  unit.folding().pe(),
                  unit.folding().simd(),
                  unit.cycles(),
                  unit.accumulatorBits()));
      Resources taken = accelerator.resources(layer);
      for (Resource resource : Resource.values()) {
        row.add((long) taken.get(resource));
      }
      row.add(DeviceListing.rounded(unit.cycles() * unit.utilisation() / accelerator.cycles()));
      rows.add(row);
    }
    return new Listing(columns, rows);
  }

  private static void summary(Accelerator accelerator, PrintWriter out) {
    Resources taken = accelerator.resources();
    Resources capacity = accelerator.device().capacity();
    out.printf(Locale.ROOT, "%n%s: %s%n", accelerator.device().name(), fits(accelerator));
    for (Resource resource : Resource.values()) {
      if (taken.get(resource) > 0) {
        out.printf(
            Locale.ROOT,
            "  %-10s %9.0f of %.0f usable, %.0f in all%n",
            DeviceListing.lower(resource),
            taken.get(resource),
            Math.floor(capacity.get(resource)),
            accelerator.device().available().get(resource));
      }
    }
    out.printf(
        Locale.ROOT,
        "An input every %d cycles: %.4g a second at %s MHz, %.4g GMAC/s%n",
        accelerator.cycles(),
        accelerator.inputsPerSecond(),
        DeviceListing.rounded(accelerator.clock().megahertz()),
        accelerator.macsPerSecond() / 1e9);
    clock(accelerator).ifPresent(out::println);
  }

  /** What the clock is limited by, where delays of the device's logic are known. */
  private static Optional<String> clock(Accelerator accelerator) {
    DesignClock clock = accelerator.clock();
    return clock.logic().stream()
        .mapToObj(
            logic ->
                String.format(
                    Locale.ROOT,
                    "Clock: %.4g MHz of the device, %.4g MHz of the slowest layer's logic: limited by the"
                        + " %s",
                    clock.device(),
                    logic,
                    clock.limitedByLogic() ? "logic" : "device"))
        .findFirst();
  }

  private static String fits(Accelerator accelerator) {
    return accelerator.fits() ? "it fits" : "it does not fit";
  }
}
