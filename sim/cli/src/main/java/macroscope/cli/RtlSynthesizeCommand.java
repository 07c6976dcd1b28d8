package macroscope.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import macroscope.hardware.Pipeline;
import macroscope.report.Listing;
import macroscope.rtl.Synthesis;
import macroscope.rtl.SynthesisTarget;
import macroscope.rtl.Twin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rtl synthesize}: what twins take on an FPGA and in standard cells. */
@Command(
    name = "synthesize",
    description = {
      "Synthesizes twins with Yosys. Sums start from zero; columns are named as in synthesis"
          + " files:",
      "lut6, carry4, ff and xc7_est_lcs of Xilinx 7-series without DSP slices (xc7); lut6_with_dsp"
          + " and",
      "dsp with them (xc7_dsp); lut4_ice40, ice40_carry and fmax_ice40_mhz of Lattice iCE40, placed"
          + " and",
      "routed by nextpnr in an HX8K (ice40); nand2_eq, area_osu018_patched_um2 and cells of all but"
          + " the",
      "flip-flops in OSU 0.18 um, and delay_ps, their longest path by OpenSTA (osu018)."
    },
    footer = {
      "",
      "Example:",
      "  macroscope rtl synthesize integer_mac:a=int8,length=1,accumulator_bits=26 --target xc7"
          + " --csv"
    })
final class RtlSynthesizeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;
  @Mixin private TwinOptions options;

  @Parameters(arity = "1..*", paramLabel = "UNIT", description = "Units, as for units.")
  private List<String> units;

  @Option(
      names = "--target",
      split = ",",
      paramLabel = "T",
      defaultValue = "xc7,osu018",
      description = "Of ${COMPLETION-CANDIDATES}; several with commas (default: ${DEFAULT-VALUE}).")
  private List<SynthesisTarget> targets;

  @Override
  public Integer call() throws IOException {
    List<Twin> twins = units.stream().map(options::twin).toList();
    List<String> columns =
        Stream.concat(
                Stream.of("unit", "latency_cycles", "interval_cycles"),
                targets.stream().flatMap(target -> target.columns().stream()))
            .toList();
    List<List<Object>> rows = new ArrayList<>();
    for (Twin twin : twins) {
      rows.add(row(twin));
    }
    style.print(new Listing(columns, rows), spec.commandLine().getOut());
    return 0;
  }

  private List<Object> row(Twin twin) throws IOException {
    Pipeline pipeline = twin.pipeline();
    List<Object> row =
        new ArrayList<>(List.of(twin.name(), pipeline.latency(), pipeline.initiationInterval()));
    for (SynthesisTarget target : targets) {
      row.addAll(
          TemporaryFolder.with(folder -> Synthesis.of(twin, target, folder).values()).stream()
              .map(RtlSynthesizeCommand::number)
              .toList());
    }
    return row;
  }

  /** Counts as whole numbers. */
  private static Object number(double value) {
    return value == Math.rint(value) ? (Object) (long) value : value;
  }
}
