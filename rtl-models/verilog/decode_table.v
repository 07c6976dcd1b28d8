// Codes as the words that a table has for them: weights of few bits become operands of a wider unit.
module decode_table #(
  parameter CODE_BITS = 4,
  parameter WORD_BITS = 8,
  parameter LENGTH    = 1,
  // The word of code c lies at WORDS[c*WORD_BITS +: WORD_BITS].
  parameter [(1<<CODE_BITS)*WORD_BITS-1:0] WORDS = 0
) (
  input  [LENGTH*CODE_BITS-1:0] codes,
  output [LENGTH*WORD_BITS-1:0] words
);
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      wire [CODE_BITS-1:0] code = codes[k*CODE_BITS +: CODE_BITS];
      assign words[k*WORD_BITS +: WORD_BITS] = WORDS[code*WORD_BITS +: WORD_BITS];
    end
  endgenerate
endmodule
