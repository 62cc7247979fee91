export const duties = {
  duty: {
    signInOpening: { do: 'Sign in to the opening', why: '' },
    startOpening: {
      do: 'Start the opening',
      why: 'The opening is public and at the time of the deadline (Law on Tendering, article 34). There is no way back to bidding.',
    },
    publishList: { do: 'Publish the list of bidders', why: '' },
    readOut: { do: 'Read out', why: '' },
    confirmOpening: {
      do: 'Confirm the opening record',
      why: 'After that you can not object to the opening; objections are raised on the spot (Regulations on Tendering, article 44).',
    },
    signRecord: {
      do: 'Sign the opening record',
      why: 'You sign the hash of the record; it can not be changed afterwards and is made public (E-bidding measures, article 32).',
    },
    closeOpening: { do: 'Close the opening', why: '' },
    signInSeat: { do: 'Sign in at my seat', why: '' },
    pledge: {
      do: 'Sign the pledge of recusal and discipline',
      why: 'You pledge that no ground of recusal applies to you and to keep the discipline of the evaluation. If it is untrue your conclusions are void (Regulations on Tendering, articles 46 and 48).',
    },
    formCommittee: { do: 'Form the committee', why: '' },
    score: { do: 'To the scoring desk', why: '' },
    signReport: {
      do: 'Sign the report',
      why: 'By signing you agree with the result. Who differs says so in writing with reasons (Regulations on Tendering, article 53).',
    },
    acceptReport: {
      do: 'Accept the report',
      why: 'Candidates are then published within 3 days of its receipt (Regulations on Tendering, article 54).',
    },
    publishCandidates: {
      do: 'Publish the candidates',
      why: 'Publicity lasts at least 3 days (Regulations on Tendering, article 54). The list can not be changed afterwards.',
    },
    announce: {
      do: 'Send the award notice',
      why: 'The notice binds tenderer and winner; all other bidders are told at the same time (Law on Tendering, article 45).',
    },
  },
};
