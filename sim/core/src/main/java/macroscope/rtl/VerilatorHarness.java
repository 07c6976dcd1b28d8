package macroscope.rtl;

import java.util.List;

/**
 * The C++ program around a twin that Verilator has compiled: reads the records of {@link VectorStream},
 * drives them and compares every result, its bits and its clock edge.
 */
final class VerilatorHarness {

  static final String NAME = "harness.cpp";

  private VerilatorHarness() {}

  static String source(Design design) {
    int words = VectorStream.words(design);
    return """
        // Reads records of %d words: flags, inputs, result. Its seed is the argument.
        #include <cstdint>
        #include <cstdio>
        #include <ctime>
        #include <memory>
        #include "Vtop.h"
        #include "verilated.h"

        int main(int argc, char** argv) {
          Verilated::commandArgs(argc, argv);
          auto top = std::make_unique<Vtop>();
          static uint32_t w[%d];
          uint64_t edge = 0, seen = 0, expected = 0, wrong = 0;
          top->clk = 0;
          while (std::fread(w, sizeof w, 1, stdin) == 1) {
            const bool result = w[0] & %d;
            top->first = (w[0] & %d) != 0;
            top->valid = (w[0] & %d) != 0;
            top->reset = (w[0] & %d) != 0;
        %s    top->eval();
            top->clk = 1;
            top->eval();
            top->clk = 0;
            top->eval();
            if (w[0] & %d) continue;
            seen += top->result_valid;
            expected += result;
            const bool equal = top->result_valid == result && (!result || (%s));
            if (!equal && ++wrong <= 10)
              std::printf("edge %%llu: result_valid %%d, expected %%d\\n",
                          (unsigned long long) edge, (int) top->result_valid, (int) result);
            ++edge;
          }
          std::printf("results %%llu of %%llu, wrong %%llu, %%.3f s\\n", (unsigned long long) seen,
                      (unsigned long long) expected, (unsigned long long) wrong,
                      (double) std::clock() / CLOCKS_PER_SEC);
          return 0;
        }
        """
        .formatted(
            words,
            words,
            VectorStream.RESULT,
            VectorStream.FIRST,
            VectorStream.VALID,
            VectorStream.RESET,
            inputs(design.inputs()),
            VectorStream.RESET,
            comparison(design.result(), words - VectorStream.words(design.result())));
  }

  private static String inputs(List<Port> ports) {
    StringBuilder text = new StringBuilder();
    int at = 1;
    for (Port port : ports) {
      for (int word = 0; word < elements(port); word++) {
        text.append("    top->%s = %s;\n".formatted(element(port, word), value(port, at + word)));
      }
      at += VectorStream.words(port);
    }
    return text.toString();
  }

  private static String comparison(Port port, int at) {
    StringBuilder text = new StringBuilder();
    // Whatever the output is called in its module, top calls it result.
    Port result = new Port("result", port.bits());
    for (int word = 0; word < elements(port); word++) {
      text.append(word == 0 ? "" : " && ");
      text.append("top->%s == (%s)".formatted(element(result, word), value(port, at + word)));
    }
    return text.toString();
  }

  /** Verilator has ports of more than 64 bits as arrays of words, others as one integer. */
  private static int elements(Port port) {
    return port.bits() > 64 ? VectorStream.words(port) : 1;
  }

  private static String element(Port port, int word) {
    return port.bits() > 64 ? port.name() + "[" + word + "]" : port.name();
  }

  private static String value(Port port, int word) {
    boolean two = port.bits() > 32 && port.bits() <= 64;
    return two ? "w[%d] | (uint64_t) w[%d] << 32".formatted(word, word + 1) : "w[" + word + "]";
  }
}
