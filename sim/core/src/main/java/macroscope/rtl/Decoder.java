package macroscope.rtl;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import macroscope.format.NumberFormat;

/**
 * A table in front of a twin's operand: the module {@code decode_table}.
 *
 * @param port the operand, as the twin's module has it
 * @param length its elements
 * @param codes how they enter
 * @param wordBits bits that the table has for each
 * @param words the table, the word of code 0 in the lowest bits
 * @param scaling what multiplies the words
 */
public record Decoder(
    Port port,
    int length,
    NumberFormat codes,
    int wordBits,
    BigInteger words,
    Optional<WeightScaling> scaling) {

  static final String MODULE = "decode_table";

  /** The word of every code; 0 for what is none. */
  static BigInteger table(NumberFormat codes, int wordBits, LongFunction<BigInteger> word) {
    BigInteger table = BigInteger.ZERO;
    for (long code = (1L << codes.bits()) - 1; code >= 0; code--) {
      BigInteger entry = codes.isCode(code) ? word.apply(code) : BigInteger.ZERO;
      table = table.shiftLeft(wordBits).or(entry);
    }
    return table;
  }

  /** What enters in place of the operand. */
  Port coded() {
    return new Port(port.name(), length * codes.bits());
  }

  /** The operand behind the table, and behind the scaling if there is one. */
  String wire() {
    return port.name() + (scaling.isPresent() ? "_scaled" : "_decoded");
  }

  /** The modules that it is built from. */
  List<String> modules() {
    return scaling.isPresent()
        ? Stream.concat(Stream.of(MODULE), WeightScaling.MODULES.stream()).toList()
        : List.of(MODULE);
  }

  /** What enters beside the codes and does not go further. */
  List<Port> besides() {
    return scaling.map(WeightScaling::port).stream().toList();
  }

  /** The wire and the instance. */
  String source() {
    Parameters parameters =
        new Parameters()
            .put("CODE_BITS", codes.bits())
            .put("LENGTH", length)
            .put("WORD_BITS", wordBits)
            .put("WORDS", wordBits << codes.bits(), words);
    return """
          // What the table makes of codes.
          localparam %1$s = %2$d;
          wire [%1$s-1:0] %3$s_decoded;
          %4$s #(
        %5$s
          ) decode_%3$s (.codes(%3$s), .words(%3$s_decoded));

        %6$s"""
        .formatted(
            decodedBits(port),
            port.bits(),
            port.name(),
            MODULE,
            TopModule.parameters(parameters.all(), "    "),
            scaling.map(s -> s.source(port, length)).orElse(""));
  }

  /** The constant that has the width of an operand behind a table. */
  static String decodedBits(Port port) {
    return port.name().toUpperCase(Locale.ROOT) + "_DECODED_BITS";
  }
}
