/** A night's post: most of it is easy, some needs adding up, and little is hard. */
const KINDS = [
  { share: 16, text: 'My parcel has not come. Where is it?' },
  { share: 3, text: 'You took 12.50 for the lamp and 7.25 for the post, and I sent both back.' },
  {
    share: 1,
    text: 'Of the three bills (40.00, 18.90 with the voucher of 5.00, and 9.10) only the first was mine. I want the others back, less the voucher.',
  },
];

export const COMPLAINTS: readonly string[] = Array.from({ length: 300 }, (_, index) => {
  const all = KINDS.flatMap(({ share, text }) => Array.from({ length: share }, () => text));
  return `Complaint ${1000 + index}. ${all[index % all.length]}`;
});
