package macroscope.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.config.DeviceFile;
import macroscope.fpga.FpgaDevice;
import macroscope.fpga.Resource;
import macroscope.report.Listing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code devices}: lists programmable devices, or describes one. */
@Command(
    name = "devices",
    description = {
      "Lists programmable devices, or describes one: what it has, how much of it designs can fill, its",
      "clock, and the source of every number."
    },
    footer = {
      "",
      "A device of your own is a file like those of configs/devices.",
      "",
      "Examples:",
      "  macroscope devices",
      "  macroscope devices u280",
      "  macroscope units packed_mac:packing=int8_dsp48e2,length=16,accumulator_bits=32 --device u280"
    })
final class DevicesCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "A device, or a file.")
  private Optional<String> name = Optional.empty();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    style.print(name.map(DevicesCommand::one).orElseGet(DevicesCommand::all), out);
  }

  private static Listing all() {
    List<String> columns = new ArrayList<>(List.of("name", "part", "dsp_slice"));
    for (Resource resource : Resource.values()) {
      columns.add(lower(resource));
    }
    columns.add("clock_mhz");
    List<List<Object>> rows = new ArrayList<>();
    for (String known : DeviceFile.shipped().names()) {
      FpgaDevice device = DeviceFile.find(known).device();
      List<Object> row =
          new ArrayList<>(List.of(device.name(), device.part(), lower(device.dsp())));
      for (Resource resource : Resource.values()) {
        row.add((long) device.available().get(resource));
      }
      row.add(device.clockMegahertz());
      rows.add(row);
    }
    return new Listing(columns, rows);
  }

  private static Listing one(String name) {
    DeviceFile file = DeviceFile.find(name);
    FpgaDevice device = file.device();
    List<List<Object>> rows = new ArrayList<>();
    for (Resource resource : Resource.values()) {
      Optional<DeviceFile.Number> number =
          Optional.ofNullable(file.available().get(lower(resource)));
      rows.add(
          List.of(
              lower(resource),
              (long) device.available().get(resource),
              device.usable().get(resource),
              number.map(file::cited).orElse("none")));
    }
    rows.add(
        List.of("clock [MHz]", device.clockMegahertz(), "", file.cited(file.clockMegahertz())));
    return new Listing(List.of("resource", "available", "usable", "source"), rows);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
