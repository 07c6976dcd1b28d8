package macroscope.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import macroscope.config.DeviceFile;
import macroscope.config.UnitNames;
import macroscope.elementwise.RowUnit;
import macroscope.elementwise.RowUnits;
import macroscope.hardware.Pipeline;
import macroscope.input.InputException;
import macroscope.report.Listing;
import macroscope.unit.Datapath;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code units}: lists the instructions of real machines, or describes one unit. */
@Command(
    name = "units",
    description = {
      "Lists matrix instructions of real machines and published datapaths, or describes one unit:"
          + " its",
      "arithmetic, pipeline, bill of materials, and where its parameters come from. With --csv the"
          + " bill alone.",
      "A part of a name lists all that have it."
    },
    footer = {
      "",
      "An instruction may have any m and n; where sources disagree, NAME+READING is another reading"
          + " of",
      "it. A unit of your own is a file of configs/units or a path, or is spelled by its"
          + " parameters,",
      "those of sweep files: fused, interleaved, block_scaled, scaled_group, kulisch,",
      "integer_mac, packed_mac, binary_mac, bit_planes, fma_chain, lookup_table, bit_serial,",
      "ternary_table, sram_table.",
      "A published datapath takes the parameters of its family: lut_tensor_core:weights=int4.",
      "Units of integer-only softmax, GELU, normalisation and requantization work on rows.",
      "",
      "Any unit may have options:",
      "  +promote:interval=N                 sums are added up in binary32 every N products",
      "  +sparse:pattern=2of4,side=right     structured sparsity of one operand",
      "  +dequantize:weights=F,scale=before|groups_before|after,zero=subtracted|fused,shared_by=N",
      "                                      weights of 1 to 8 bits are converted first",
      "",
      "Examples:",
      "  macroscope units",
      "  macroscope units hopper.wgmma",
      "  macroscope units nvidia.hopper.wgmma.m64n256k32.f32.e4m3.e4m3",
      "  macroscope units kulisch:a=e4m3fn,length=16,terms=1024",
      "  macroscope units kulisch:a=e4m3fn,length=16,terms=1024 --device u280 --device vc1902",
      "  macroscope units lut_tensor_core:activations=int8,weights=int4",
      "  macroscope units nvidia.ampere.mma.m16n8k16.f32.f16.f16.f32+dequantize:weights=int4"
    })
final class UnitsCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "A unit.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "D",
      description = {
        "How many fit a programmable device of configs/devices or a file, what there would be too little",
        "of for one more, and what they multiply a second. May be given more than once."
      })
  private List<String> devices = List.of();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (!devices.isEmpty()) {
      style.print(DeviceListing.of(UnitArgument.resolve("NAME", named()), devices), out);
      if (!style.csv() && !style.json()) {
        devices.stream()
            .map(DeviceFile::find)
            .flatMap(file -> DeviceListing.clockSource(file).stream())
            .forEach(out::println);
      }
      return;
    }
    List<String> listed = listed();
    if (!listed.isEmpty()) {
      style.print(
          UnitListings.of(
              each(listed, Units::find),
              each(listed, Datapath::find),
              each(listed, RowUnits::named)),
          out);
    } else if (name.flatMap(RowUnits::find).isPresent()) {
      describe(RowUnitListings.resolve("NAME", name.orElseThrow()), out);
    } else {
      describe(UnitArgument.resolve("NAME", name.orElseThrow()), out);
    }
    out.flush();
  }

  private String named() {
    return name.orElseThrow(() -> new InputException("--device", "needs the NAME of a unit"));
  }

  /** Names of all, or of those that have a part of a name; none if it is the name of one unit. */
  private List<String> listed() {
    if (name.flatMap(RowUnits::find).isPresent() || name.filter(UnitNames::isUnit).isPresent()) {
      return List.of();
    }
    return UnitNames.containing(name.orElse("")).stream()
        .filter(
            one ->
                Units.find(one).isPresent()
                    || Datapath.find(one).isPresent()
                    || RowUnits.find(one).isPresent())
        .toList();
  }

  private static <T> List<T> each(List<String> names, Function<String, Optional<T>> find) {
    return names.stream().flatMap(name -> find.apply(name).stream()).toList();
  }

  private void describe(DotProductUnit<?> unit, PrintWriter out) {
    Listing parameters = UnitListings.of(unit.spec());
    Listing inventory = UnitListings.inventory(unit.inventory());
    if (style.csv()) {
      style.print(inventory, out);
    } else if (style.json()) {
      String arithmetic = UnitText.arithmetic(unit.spec()).strip();
      out.println(json(parameters, arithmetic, unit.pipeline(), inventory));
    } else {
      out.println(UnitListings.details(unit.spec()).table());
      out.println(UnitText.arithmetic(unit.spec()) + UnitText.readings(unit.spec()));
      out.println(pipeline(unit.pipeline()));
      out.print(inventory.table());
    }
  }

  private void describe(RowUnit unit, PrintWriter out) {
    Listing inventory = UnitListings.inventory(unit.inventory());
    if (style.csv()) {
      style.print(inventory, out);
    } else if (style.json()) {
      Listing parameters = UnitListings.of(unit);
      out.println(json(parameters, unit.operation().description(), unit.pipeline(), inventory));
    } else {
      out.println(RowUnitListings.details(unit).table());
      out.println(unit.operation().description() + "\n");
      out.println(pipeline(unit.pipeline()).replace("a pass", "a row"));
      out.print(inventory.table());
    }
  }

  private static String pipeline(Pipeline pipeline) {
    return "Pipeline: "
        + String.join(", ", pipeline.stages())
        + "; a pass every "
        + pipeline.initiationInterval()
        + " cycles, results after "
        + pipeline.latency()
        + ".\n";
  }

  private static ObjectNode json(
      Listing parameters, String arithmetic, Pipeline time, Listing inventory) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("unit", parameters.jsonArray().get(0));
    root.put("arithmetic", arithmetic.replace('\n', ' '));
    ObjectNode pipeline = root.putObject("pipeline");
    var stages = pipeline.putArray("stages");
    time.stages().forEach(stages::add);
    pipeline.put("initiation_interval", time.initiationInterval());
    pipeline.put("latency", time.latency());
    root.set("inventory", inventory.jsonArray());
    return root;
  }
}
