package macroscope.rtl;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The module {@code top}: a twin with its parameters, the register of its addend, and a valid bit that
 * goes beside the data for as many cycles as the Java model's pipeline says.
 */
final class TopModule {

  static final String NAME = "top";

  /** What it is built from beside the twin. */
  static final List<String> MODULES = List.of("valid_pipe", "delay");

  private TopModule() {}

  static String source(Twin twin) {
    Design design = twin.design();
    return """
        // %s
        //
        %s
        module top (clk, reset, valid, first, %s, result_valid, result);
        %s  input  clk;
          input  reset;
          input  valid;
          input  first;
        %s
          output result_valid;
          output [RESULT_BITS-1:0] result;

        %s%s%s  %s #(
        %s
          ) unit (
            .clk(clk),
            .first(first),
        %s%s
            .%s(result));
        endmodule
        """
        .formatted(
            twin.name(),
            timing(twin),
            design.inputs().stream().map(Port::name).collect(Collectors.joining(", ")),
            constants(twin),
            ports(design),
            validPipe(twin),
            addendRegister(design),
            decoder(design),
            design.module(),
            parameters(design.parameters(), "    "),
            control(design, "valid"),
            connections(design),
            design.result().name());
  }

  /** The twin with sums that start from zero and without a valid bit: what is synthesized. */
  static String bareSource(Twin twin) {
    Design design = twin.design();
    String zero =
        Stream.concat(design.addend().stream(), design.idle().stream())
            .map(port -> zeros(port, Integer.toString(port.bits())) + "\n")
            .collect(Collectors.joining());
    return """
        // %s
        module top (
          input clk,
          input first,
        %s%s
          output [%d:0] result
        );
        %s  %s #(
        %s
          ) unit (
            .clk(clk),
            .first(first),
        %s%s
        %s    .%s(result));
        endmodule
        """
        .formatted(
            twin.name(),
            controlPorts(design),
            design.operands().stream()
                .map(port -> "  input [%d:0] %s,".formatted(port.bits() - 1, port.name()))
                .collect(Collectors.joining("\n")),
            design.result().bits() - 1,
            decoder(design),
            design.module(),
            parameters(design.parameters(), "    "),
            control(design, "start"),
            operands(design),
            zero,
            design.result().name());
  }

  /** Inputs of the bare module beside {@code clk} and {@code first}. */
  static List<Port> bareInputs(Design design) {
    List<Port> start =
        design.control() == Design.Control.NONE ? List.of() : List.of(new Port("start", 1));
    return Stream.concat(start.stream(), design.operands().stream()).toList();
  }

  private static String timing(Twin twin) {
    if (twin.design().control() == Design.Control.VALID) {
      return """
          // first: these inputs start sums; valid: they are the last of them. Passes of a sum follow each
          // other without gaps.""";
    }
    return """
        // valid: a pass starts with these inputs; first: it starts a sum. A pass takes %d cycles, its
        // parts one after the other; passes of a sum follow each other without gaps. result_valid rises
        // %d cycles after the edge that took the first inputs of a pass."""
        .formatted(twin.pipeline().initiationInterval(), twin.pipeline().latency());
  }

  /** The valid bit, where the module has none of its own. */
  private static String validPipe(Twin twin) {
    return twin.design().control() == Design.Control.VALID
        ? ""
        : """
            valid_pipe #(.LATENCY(LATENCY)) timing (
              .clk(clk), .reset(reset), .valid(valid), .result_valid(result_valid));

          """;
  }

  private static String controlPorts(Design design) {
    return switch (design.control()) {
      case NONE -> "";
      case START -> "  input start,\n";
      case VALID -> "  input start,\n  output result_valid,\n";
    };
  }

  private static String control(Design design, String signal) {
    return switch (design.control()) {
      case NONE -> "";
      case START -> "    .start(" + signal + "),\n";
      case VALID -> "    .valid(" + signal + "),\n    .result_valid(result_valid),\n";
    };
  }

  /** Widths of the ports, which follow from the twin's parameters, and cycles. */
  private static String constants(Twin twin) {
    Design design = twin.design();
    StringBuilder text = new StringBuilder();
    text.append("  // Widths of the ports: element k of an operand at k * its bits.\n");
    Stream.concat(design.inputs().stream(), design.idle().stream())
        .forEach(port -> text.append(constant(bits(port), port.bits())));
    text.append(constant("RESULT_BITS", design.result().bits()));
    if (design.control() != Design.Control.VALID) {
      text.append("  // From the edge that takes the operands of a pass to its result.\n");
      text.append(constant("LATENCY", twin.pipeline().latency()));
    }
    if (design.addend().isPresent()) {
      text.append(
          "  // An addend is read so many cycles after the operands that it enters with.\n");
      text.append(constant("ADDEND_CYCLES", design.stages()));
    }
    return text.append('\n').toString();
  }

  private static String constant(String name, int value) {
    return "  localparam %s = %d;\n".formatted(name, value);
  }

  private static String bits(Port port) {
    return port.name().toUpperCase(Locale.ROOT) + "_PORT_BITS";
  }

  private static String ports(Design design) {
    return design.inputs().stream()
        .map(port -> "  input  [%s-1:0] %s;".formatted(bits(port), port.name()))
        .collect(Collectors.joining("\n"));
  }

  private static String addendRegister(Design design) {
    return design
        .addend()
        .map(
            port ->
                """
                  wire [%1$s-1:0] %2$s_entered;
                  delay #(.BITS(%1$s), .CYCLES(ADDEND_CYCLES)) enter_%2$s (
                    .clk(clk), .word(%2$s), .delayed(%2$s_entered));

                """
                    .formatted(bits(port), port.name()))
        .orElse("");
  }

  static String parameters(Map<String, String> values, String indent) {
    return values.entrySet().stream()
        .map(entry -> "%s.%s(%s)".formatted(indent, entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",\n"));
  }

  private static String operands(Design design) {
    return design.connected().stream()
        .map(port -> "    .%s(%s),".formatted(port.name(), source(design, port)))
        .collect(Collectors.joining("\n"));
  }

  /** What an operand is connected with. */
  private static String source(Design design, Port port) {
    return design
        .decoder()
        .filter(decoder -> decoder.port().name().equals(port.name()))
        .map(Decoder::wire)
        .orElse(port.name());
  }

  private static String decoder(Design design) {
    return design.decoder().map(Decoder::source).orElse("");
  }

  private static String connections(Design design) {
    String addend =
        design
            .addend()
            .map(port -> "\n    .%s(%s_entered),".formatted(port.name(), port.name()))
            .orElse("");
    String idle =
        design.idle().stream()
            .map(port -> "\n" + zeros(port, bits(port)))
            .collect(Collectors.joining());
    return operands(design) + addend + idle;
  }

  private static String zeros(Port port, String bits) {
    return "    .%s({%s{1'b0}}),".formatted(port.name(), bits);
  }
}
