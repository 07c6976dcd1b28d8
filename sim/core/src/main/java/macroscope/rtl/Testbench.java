package macroscope.rtl;

import java.math.BigInteger;
import java.util.stream.Collectors;

/**
 * A testbench of {@code top} and its two files of vectors. At each falling edge of the clock the
 * outputs are looked at and the next inputs are driven; a result must come at its clock edge and have
 * its bits, where x and z are wrong too.
 */
final class Testbench {

  static final String NAME = "testbench";
  static final String STIMULUS = "stimulus.hex";
  static final String EXPECTED = "expected.hex";

  /** An option of a run: it ends with the first wrong result. */
  static final String FIRST_WRONG = "+first_wrong";

  /** Bits in which an expected result tells its clock edge. */
  private static final int EDGE_BITS = 32;

  /** Clock edges after the last inputs: no result may come late. */
  static final int DRAIN = 8;

  private Testbench() {}

  static String source(Twin twin, Stimulus stimulus) {
    Design design = twin.design();
    int inputBits = design.inputs().stream().mapToInt(Port::bits).sum() + 2;
    int latency = twin.pipeline().latency();
    return """
        `timescale 1ns / 1ps
        // Drives stimulus.hex into top and compares every result, its bits and its clock edge, with
        // expected.hex. To run: iverilog -g2005 -s testbench -o simulation -c sources.f; vvp simulation
        module testbench;
          reg [%d:0] stimulus [0:%d];
          reg [%d:0] expected [0:%d];

          reg clk = 1'b0;
          reg reset = 1'b1;
          reg [%d:0] inputs = 0;
          wire result_valid;
          wire [%d:0] result;

          top device (
            .clk(clk),
            .reset(reset),
        %s
            .result_valid(result_valid),
            .result(result));

          integer edges;
          integer seen;
          integer wrong;
          wire [31:0] edge_now = edges;
          initial begin
            $readmemh("%s", stimulus);
            $readmemh("%s", expected);
            seen = 0;
            wrong = 0;
            for (edges = -%d; edges < %d; edges = edges + 1) begin
              reset = edges < 0;
              if (edges >= 0 && edges < %d) inputs = stimulus[edges];
              else inputs = 0;
              #5 clk = 1'b1;
              #5 clk = 1'b0;
              if (edges >= 0 && result_valid !== 1'b0) begin
                if (result_valid !== 1'b1 || seen >= %d || {edge_now, result} !== expected[seen]) begin
                  wrong = wrong + 1;
                  if (wrong <= 10)
                    $display("result %%0d: edge %%0d, %%h; expected edge %%0d, %%h", seen, edges, result,
                        expected[seen][%d:%d], expected[seen][%d:0]);
                end
                seen = seen + 1;
                if (wrong != 0 && $test$plusargs("first_wrong")) edges = %d;
              end
            end
            if (seen != %d) wrong = wrong + 1;
            $display("results %%0d of %d, wrong %%0d", seen, wrong);
            $finish;
          end
        endmodule
        """
        .formatted(
            inputBits - 1,
            stimulus.beats().size() - 1,
            EDGE_BITS + design.result().bits() - 1,
            stimulus.outputs().size() - 1,
            inputBits - 1,
            design.result().bits() - 1,
            connections(design, inputBits),
            STIMULUS,
            EXPECTED,
            latency + 2,
            stimulus.beats().size() + latency + DRAIN,
            stimulus.beats().size(),
            stimulus.outputs().size(),
            EDGE_BITS + design.result().bits() - 1,
            design.result().bits(),
            design.result().bits() - 1,
            stimulus.beats().size() + latency + DRAIN,
            stimulus.outputs().size(),
            stimulus.outputs().size());
  }

  /** valid, first, then the inputs, from the highest bit down. */
  private static String connections(Design design, int inputBits) {
    StringBuilder text = new StringBuilder();
    int high = inputBits;
    text.append("    .valid(inputs[%d]),\n".formatted(--high));
    text.append("    .first(inputs[%d]),\n".formatted(--high));
    for (Port port : design.inputs()) {
      text.append("    .%s(inputs[%d:%d]),\n".formatted(port.name(), high - 1, high - port.bits()));
      high -= port.bits();
    }
    return text.substring(0, text.length() - 1);
  }

  static String stimulus(Design design, Stimulus stimulus) {
    return stimulus.beats().stream()
        .map(beat -> word(design, beat).toString(16) + "\n")
        .collect(Collectors.joining());
  }

  private static BigInteger word(Design design, Stimulus.Beat beat) {
    BigInteger word = bit(beat.valid()).shiftLeft(1).or(bit(beat.first()));
    for (int i = 0; i < beat.words().size(); i++) {
      word = word.shiftLeft(design.inputs().get(i).bits()).or(beat.words().get(i));
    }
    return word;
  }

  private static BigInteger bit(boolean set) {
    return set ? BigInteger.ONE : BigInteger.ZERO;
  }

  static String expected(Design design, Stimulus stimulus) {
    return stimulus.outputs().stream()
        .map(
            output ->
                BigInteger.valueOf(output.edge())
                        .shiftLeft(design.result().bits())
                        .or(output.word())
                        .toString(16)
                    + "\n")
        .collect(Collectors.joining());
  }
}
