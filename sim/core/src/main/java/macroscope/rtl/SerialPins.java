package macroscope.rtl;

import java.util.ArrayList;
import java.util.List;

/**
 * The module {@code pins}: {@code top} between two shift registers, so that any unit fits the pins of a
 * part and its paths lie between registers.
 */
final class SerialPins {

  static final String NAME = "pins";

  private SerialPins() {}

  static String source(Design design) {
    List<Port> inputs = new ArrayList<>();
    inputs.add(new Port("first", 1));
    inputs.addAll(TopModule.bareInputs(design));
    int bits = inputs.stream().mapToInt(Port::bits).sum();
    int results = design.result().bits();
    return """
        module pins (
          input clk,
          input load,
          input serial_in,
          output serial_out
        );
          reg [%d:0] inputs;
          reg [%d:0] outputs;
          wire [%d:0] result;
          always @(posedge clk) begin
            inputs <= {inputs, serial_in};
            outputs <= load ? result : outputs >> 1;
          end
          assign serial_out = outputs[0];
          top unit (
            .clk(clk),
        %s    .result(result));
        endmodule
        """
        .formatted(bits - 1, results - 1, results - 1, connections(inputs));
  }

  private static String connections(List<Port> inputs) {
    StringBuilder text = new StringBuilder();
    int low = 0;
    for (Port port : inputs) {
      int high = low + port.bits() - 1;
      text.append("    .%s(inputs[%d:%d]),\n".formatted(port.name(), high, low));
      low += port.bits();
    }
    return text.toString();
  }
}
