export const duties = {
  consequence: {
    opening: {
      start:
        'The opening is public and takes place at the deadline for bids (Law on Tendering, article 34). There is no way back to bidding.',
      confirm: 'Afterwards you can not object to the opening; objections are raised on the spot (Regulations on Tendering, article 44).',
      'sign-record':
        'You sign the hash of the record; it can not be changed afterwards and is made public (E-bidding measures, article 32).',
    },
    committee: {
      pledge:
        'You pledge that no ground of recusal applies to you and to keep the discipline of the evaluation. If you leave, your conclusions are void (Regulations on Tendering, article 48).',
    },
    report: {
      sign: 'By signing you agree with the result. Who differs says so in writing with reasons (Regulations on Tendering, article 53).',
      review: 'The candidates are to be published within 3 days of receiving the report (Regulations on Tendering, article 54).',
    },
    award: {
      'publish-candidates':
        'Publicity lasts at least 3 days (Regulations on Tendering, article 54). The list can not be changed afterwards.',
      decide: 'In state-controlled projects the first-ranked candidate is the winner (Regulations on Tendering, article 55).',
      announce:
        'The notice binds tenderer and winner, and all other bidders are told the result at the same time (Law on Tendering, article 45).',
    },
  },
};
