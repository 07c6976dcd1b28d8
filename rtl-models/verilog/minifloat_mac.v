// Minifloat multiply-accumulate with a fixed-point (Kulisch) accumulator: LENGTH exact products, an
// exact adder tree, an accumulator that never rounds, and one rounding to the output format on the way
// out. Twin of macroscope.unit.KulischUnit.
//
// A pass enters each clock cycle: a and b are registered, and the next edge loads the accumulator and
// the rounded result. The pass with first = 1 starts a sum from zero. NaN and infinities are kept in
// three bits beside the accumulator, which formats without them do not have.
module minifloat_mac #(
  parameter A_EXPONENT_BITS = 4,
  parameter A_FRACTION_BITS = 3,
  parameter A_SIGNED        = 1,
  parameter A_ZERO_EXPONENT = 0,
  parameter A_SPECIALS      = 0,
  parameter B_EXPONENT_BITS = 4,
  parameter B_FRACTION_BITS = 3,
  parameter B_SIGNED        = 1,
  parameter B_ZERO_EXPONENT = 0,
  parameter B_SPECIALS      = 0,
  parameter LENGTH          = 1,
  parameter PRODUCT_BITS    = 36,
  parameter ACC_BITS        = 47,
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
  input                                                         clk,
  input                                                         first,
  input  [LENGTH*(A_SIGNED+A_EXPONENT_BITS+A_FRACTION_BITS)-1:0] a,
  input  [LENGTH*(B_SIGNED+B_EXPONENT_BITS+B_FRACTION_BITS)-1:0] b,
  output reg [C_EXPONENT_BITS+C_FRACTION_BITS:0]                result
);
  localparam A_BITS    = A_SIGNED + A_EXPONENT_BITS + A_FRACTION_BITS;
  localparam B_BITS    = B_SIGNED + B_EXPONENT_BITS + B_FRACTION_BITS;
  localparam SIGNED    = (A_SIGNED != 0 || B_SIGNED != 0) ? 1 : 0;
  localparam TERM_BITS = PRODUCT_BITS + SIGNED;
  localparam PASS_BITS = TERM_BITS + $clog2(LENGTH);

  reg                     first_entered;
  reg [LENGTH*A_BITS-1:0] a_entered;
  reg [LENGTH*B_BITS-1:0] b_entered;
  always @(posedge clk) begin
    first_entered <= first;
    a_entered     <= a;
    b_entered     <= b;
  end

  wire [LENGTH*TERM_BITS-1:0] products;
  wire [LENGTH-1:0] nan, positive_infinity, negative_infinity;
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      minifloat_product #(
        .A_EXPONENT_BITS(A_EXPONENT_BITS), .A_FRACTION_BITS(A_FRACTION_BITS),
        .A_SIGNED(A_SIGNED), .A_ZERO_EXPONENT(A_ZERO_EXPONENT), .A_SPECIALS(A_SPECIALS),
        .B_EXPONENT_BITS(B_EXPONENT_BITS), .B_FRACTION_BITS(B_FRACTION_BITS),
        .B_SIGNED(B_SIGNED), .B_ZERO_EXPONENT(B_ZERO_EXPONENT), .B_SPECIALS(B_SPECIALS),
        .PRODUCT_BITS(PRODUCT_BITS)
      ) multiply (
        .a(a_entered[k*A_BITS +: A_BITS]),
        .b(b_entered[k*B_BITS +: B_BITS]),
        .product(products[k*TERM_BITS +: TERM_BITS]),
        .nan(nan[k]),
        .positive_infinity(positive_infinity[k]),
        .negative_infinity(negative_infinity[k]));
    end
  endgenerate

  wire [PASS_BITS-1:0] pass;
  adder_tree #(.TERMS(LENGTH), .BITS(TERM_BITS), .SIGNED(SIGNED)) tree (
    .terms(products), .sum(pass));

  reg  [ACC_BITS-1:0] accumulator;
  wire [ACC_BITS-1:0] next;
  integer_accumulator #(
    .PASS_BITS(PASS_BITS), .PASS_SIGNED(SIGNED), .ACC_BITS(ACC_BITS), .SATURATING(0)
  ) accumulate (
    .accumulator(first_entered ? {ACC_BITS{1'b0}} : accumulator), .pass(pass), .next(next));
  always @(posedge clk) accumulator <= next;

  // Which of NaN, +infinity and -infinity the sum has met.
  wire [2:0] met;
  generate
    if (A_SPECIALS != 0 || B_SPECIALS != 0) begin : specials
      reg [2:0] held;
      assign met = (first_entered ? 3'b000 : held)
                 | {|nan, |positive_infinity, |negative_infinity};
      always @(posedge clk) held <= met;
    end else begin : numbers
      assign met = 3'b000;
    end
  endgenerate

  wire signed [C_FIELD_BITS-1:0]                 lowest_field = C_LOWEST_FIELD;
  wire [C_EXPONENT_BITS+C_FRACTION_BITS:0]       rounded;
  normalise_round #(
    .BITS(ACC_BITS), .SIGNED(SIGNED), .EXPONENT_BITS(C_EXPONENT_BITS),
    .FRACTION_BITS(C_FRACTION_BITS), .ROUNDED_BITS(C_FRACTION_BITS), .NEAREST(1),
    .FIELD_BITS(C_FIELD_BITS), .UNDERFLOWS(C_UNDERFLOWS), .LARGEST(C_LARGEST),
    .POSITIVE_OVERFLOW(C_POSITIVE_OVERFLOW), .NEGATIVE_OVERFLOW(C_NEGATIVE_OVERFLOW)
  ) convert (.number(next), .lowest_field(lowest_field), .code(rounded));

  wire invalid = met[2] | (met[1] & met[0]);
  always @(posedge clk)
    result <= invalid ? C_NAN
            : met[1]  ? C_POSITIVE_OVERFLOW
            : met[0]  ? C_NEGATIVE_OVERFLOW
            : rounded;
endmodule
