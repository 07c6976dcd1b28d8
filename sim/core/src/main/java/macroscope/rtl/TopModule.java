package macroscope.rtl;

import java.util.stream.Collectors;

/**
 * The module {@code top}: a twin with its parameters, the register of its addend, and a valid bit that
 * goes beside the data for as many cycles as the Java model's pipeline says.
 */
final class TopModule {

  static final String NAME = "top";

  private TopModule() {}

  static String source(Twin twin) {
    Design design = twin.design();
    return """
        // %s
        //
        // valid: a pass starts with these inputs; first: it starts a sum. A pass takes %d cycles, its
        // parts one after the other; passes of a sum follow each other without gaps. result_valid rises
        // %d cycles after the edge that took the first inputs of a pass.
        module top (
          input clk,
          input reset,
          input valid,
          input first,
        %s
          output result_valid,
          output [%d:0] result
        );
          valid_pipe #(.LATENCY(%d)) timing (
            .clk(clk), .reset(reset), .valid(valid), .result_valid(result_valid));

        %s  %s #(
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
            twin.pipeline().initiationInterval(),
            twin.pipeline().latency(),
            ports(design),
            design.result().bits() - 1,
            twin.pipeline().latency(),
            addendRegister(design),
            design.module(),
            parameters(design, "    "),
            design.start() ? "    .start(valid),\n" : "",
            connections(design),
            design.result().name());
  }

  /** The twin with sums that start from zero and without a valid bit: what is synthesized. */
  static String bareSource(Twin twin) {
    Design design = twin.design();
    String zero =
        design
            .addend()
            .map(port -> "    .%s({%d{1'b0}}),\n".formatted(port.name(), port.bits()))
            .orElse("");
    return """
        // %s
        module top (
          input clk,
          input first,
        %s%s
          output [%d:0] result
        );
          %s #(
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
            design.start() ? "  input start,\n" : "",
            design.operands().stream()
                .map(port -> "  input [%d:0] %s,".formatted(port.bits() - 1, port.name()))
                .collect(Collectors.joining("\n")),
            design.result().bits() - 1,
            design.module(),
            parameters(design, "    "),
            design.start() ? "    .start(start),\n" : "",
            operands(design),
            zero,
            design.result().name());
  }

  private static String ports(Design design) {
    return design.inputs().stream()
        .map(port -> "  input [%d:0] %s,".formatted(port.bits() - 1, port.name()))
        .collect(Collectors.joining("\n"));
  }

  private static String addendRegister(Design design) {
    return design
        .addend()
        .map(
            port ->
                """
                  reg [%d:0] %s_entered;
                  always @(posedge clk) %s_entered <= %s;

                """
                    .formatted(port.bits() - 1, port.name(), port.name(), port.name()))
        .orElse("");
  }

  private static String parameters(Design design, String indent) {
    return design.parameters().entrySet().stream()
        .map(entry -> "%s.%s(%s)".formatted(indent, entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",\n"));
  }

  private static String operands(Design design) {
    return design.operands().stream()
        .map(port -> "    .%s(%s),".formatted(port.name(), port.name()))
        .collect(Collectors.joining("\n"));
  }

  private static String connections(Design design) {
    String addend =
        design
            .addend()
            .map(port -> "\n    .%s(%s_entered),".formatted(port.name(), port.name()))
            .orElse("");
    return operands(design) + addend;
  }
}
