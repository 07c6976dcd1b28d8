// The rest of a unit with a fixed-point (Kulisch) accumulator behind its products: an exact adder tree,
// an accumulator that never rounds, and one rounding to the output format on the way out.
//
// NaN and infinities are kept in three bits beside the accumulator, where products can have them. A rank
// of registers behind the adder tree, and the conversion of what the accumulator holds in place of what it
// is about to hold, each make the result a cycle later.
module fixed_point_accumulator #(
  parameter LENGTH          = 1,
  parameter TERM_BITS       = 37,
  parameter SIGNED          = 1,
  parameter SPECIALS        = 0,
  parameter ACC_BITS        = 47,
  parameter TREE_RANK       = 0,
  parameter CONVERSION_RANK = 0,
  // The output format, and the exponent field there of the accumulator's lowest bit.
  parameter C_EXPONENT_BITS = 8,
  parameter C_FRACTION_BITS = 23,
  parameter C_FIELD_BITS    = 10,
  parameter C_LOWEST_FIELD  = 109,
  parameter C_UNDERFLOWS    = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS-1:0] C_LARGEST           = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_POSITIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NEGATIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NAN               = 0
) (
  input                                          clk,
  input                                          first,
  input  [LENGTH*TERM_BITS-1:0]                  products,
  input                                          nan,
  input                                          positive_infinity,
  input                                          negative_infinity,
  output reg [C_EXPONENT_BITS+C_FRACTION_BITS:0] result
);
  localparam PASS_BITS = TERM_BITS + $clog2(LENGTH);

  wire [PASS_BITS-1:0] total;
  wire [PASS_BITS-1:0] pass;
  wire                 starts;
  wire [2:0]           extremes;
  adder_tree #(.TERMS(LENGTH), .BITS(TERM_BITS), .SIGNED(SIGNED)) tree (
    .terms(products), .sum(total));
  delay #(.BITS(PASS_BITS), .CYCLES(TREE_RANK)) tree_rank (
    .clk(clk), .word(total), .delayed(pass));
  delay #(.BITS(4), .CYCLES(TREE_RANK)) flag_rank (
    .clk(clk), .word({first, nan, positive_infinity, negative_infinity}),
    .delayed({starts, extremes}));

  reg  [ACC_BITS-1:0] accumulator;
  wire [ACC_BITS-1:0] next;
  integer_accumulator #(
    .PASS_BITS(PASS_BITS), .PASS_SIGNED(SIGNED), .ACC_BITS(ACC_BITS), .SATURATING(0)
  ) accumulate (
    .accumulator(starts ? {ACC_BITS{1'b0}} : accumulator), .pass(pass), .next(next));
  always @(posedge clk) accumulator <= next;

  // Which of NaN, +infinity and -infinity the sum has met.
  wire [2:0] met;
  generate
    if (SPECIALS != 0) begin : specials
      reg  [2:0] held;
      wire [2:0] now = (starts ? 3'b000 : held) | extremes;
      always @(posedge clk) held <= now;
      assign met = CONVERSION_RANK != 0 ? held : now;
    end else begin : numbers
      assign met = 3'b000;
    end
  endgenerate

  wire signed [C_FIELD_BITS-1:0]                 lowest_field = C_LOWEST_FIELD;
  wire [ACC_BITS-1:0]                            complete =
      CONVERSION_RANK != 0 ? accumulator : next;
  wire [C_EXPONENT_BITS+C_FRACTION_BITS:0]       rounded;
  normalise_round #(
    .BITS(ACC_BITS), .SIGNED(SIGNED), .EXPONENT_BITS(C_EXPONENT_BITS),
    .FRACTION_BITS(C_FRACTION_BITS), .ROUNDED_BITS(C_FRACTION_BITS), .NEAREST(1),
    .FIELD_BITS(C_FIELD_BITS), .UNDERFLOWS(C_UNDERFLOWS), .LARGEST(C_LARGEST),
    .POSITIVE_OVERFLOW(C_POSITIVE_OVERFLOW), .NEGATIVE_OVERFLOW(C_NEGATIVE_OVERFLOW)
  ) convert (.number(complete), .lowest_field(lowest_field), .code(rounded));

  wire invalid = met[2] | (met[1] & met[0]);
  always @(posedge clk)
    result <= invalid ? C_NAN
            : met[1]  ? C_POSITIVE_OVERFLOW
            : met[0]  ? C_NEGATIVE_OVERFLOW
            : rounded;
endmodule
