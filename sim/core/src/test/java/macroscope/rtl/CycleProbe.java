package macroscope.rtl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import macroscope.rtl.Stimulus.Beat;

/**
 * Finds out of a twin's Verilog alone when its results are there: operands are unknown bits but in the
 * cycles of two passes that follow each other, each the first of a sum, and the result is known only
 * where it comes from these.
 */
final class CycleProbe {

  private static final ExternalTool COMPILER = new ExternalTool("iverilog", "iverilog");
  private static final ExternalTool SIMULATOR = new ExternalTool("vvp", "iverilog");

  /** Clock edges that are looked at; the first takes the first operands. */
  private static final int EDGES = 32;

  private CycleProbe() {}

  /** The clock edges behind which the result is known. */
  static List<Integer> knownEdges(DotTwin twin, Path folder) throws IOException {
    for (Map.Entry<String, String> file : RtlFolder.sources(twin).entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(folder.resolve("probe.v"), source(twin));
    List<String> arguments = new ArrayList<>(List.of("-g2005", "-s", "probe", "-o", "probe"));
    arguments.addAll(RtlFolder.sources(twin).keySet());
    arguments.add("probe.v");
    COMPILER.output(folder, arguments);
    return SIMULATOR
        .output(folder, List.of("-n", "probe"))
        .lines()
        .filter(line -> line.startsWith("known "))
        .map(line -> Integer.valueOf(line.substring("known ".length())))
        .toList();
  }

  private static String source(DotTwin twin) {
    List<Beat> beats = twin.stimulus(1, 1).beats();
    int first = 0;
    while (!beats.get(first).valid()) {
      first++;
    }
    int interval = twin.pipeline().initiationInterval();
    List<Beat> pass = beats.subList(first, first + interval);
    List<Port> inputs = twin.design().inputs();
    String registers =
        inputs.stream()
            .map(port -> "  reg [%d:0] %s;\n".formatted(port.bits() - 1, port.name()))
            .collect(Collectors.joining());
    String connections =
        inputs.stream()
            .map(port -> "    .%s(%s),\n".formatted(port.name(), port.name()))
            .collect(Collectors.joining());
    String passes = edges(inputs, pass) + edges(inputs, pass);
    return """
        module probe;
          reg clk = 1'b0;
          reg reset = 1'b1;
          reg valid = 1'b0;
          reg first = 1'b0;
        %s  wire result_valid;
          wire [%d:0] result;
          top device (
            .clk(clk), .reset(reset), .valid(valid), .first(first),
        %s    .result_valid(result_valid), .result(result));
          integer edges;
          task tick;
            begin
              #5 clk = 1'b1;
              #5 clk = 1'b0;
              if (^result !== 1'bx) $display("known %%0d", edges);
              edges = edges + 1;
            end
          endtask
          initial begin
            repeat (8) begin
              #5 clk = 1'b1;
              #5 clk = 1'b0;
            end
            reset = 1'b0;
            edges = 0;
        %s    valid = 1'b0;
            first = 1'b0;
        %s    repeat (%d) tick;
          end
        endmodule
        """
        .formatted(
            registers,
            twin.design().result().bits() - 1,
            connections,
            passes,
            inputs.stream()
                .map(port -> "    %s = {%d{1'bx}};\n".formatted(port.name(), port.bits()))
                .collect(Collectors.joining()),
            EDGES - 2 * interval);
  }

  /** The clock edges of a pass that starts a sum. */
  private static String edges(List<Port> inputs, List<Beat> pass) {
    StringBuilder text = new StringBuilder();
    for (int cycle = 0; cycle < pass.size(); cycle++) {
      int starts = cycle == 0 ? 1 : 0;
      text.append("    valid = 1'b%d;\n    first = 1'b%d;\n".formatted(starts, starts));
      for (int i = 0; i < inputs.size(); i++) {
        Port port = inputs.get(i);
        String word = pass.get(cycle).words().get(i).toString(16);
        text.append("    %s = %d'h%s;\n".formatted(port.name(), port.bits(), word));
      }
      text.append("    tick;\n");
    }
    return text.toString();
  }
}
