/** `do`: the button; `why`: consequence and article, shown before what can not be undone. */
export const duties = {
  duty: {
    signInOpening: { do: '开标签到', why: '' },
    startOpening: { do: '开始开标', why: '开标在招标文件确定的投标截止时间公开进行（招标投标法第三十四条）。开始后不能回到投标阶段。' },
    publishList: { do: '公布投标人名单', why: '' },
    readOut: { do: '唱标', why: '' },
    confirmOpening: {
      do: '确认开标记录',
      why: '确认后不能再对开标提出异议。对开标有异议的，应当在开标现场提出（招标投标法实施条例第四十四条）。',
    },
    signRecord: { do: '签署开标记录', why: '您签署的是开标记录的哈希；签署后记录不能更改，并向社会公布（电子招标投标办法第三十二条）。' },
    closeOpening: { do: '结束开标会', why: '' },
    signInSeat: { do: '席位签到', why: '' },
    pledge: {
      do: '签署回避与纪律承诺',
      why: '您承诺不存在应当回避的情形，并遵守评标纪律。承诺不实的，结论无效并依法追究责任（招标投标法实施条例第四十六条、第四十八条）。',
    },
    formCommittee: { do: '组成评标委员会', why: '' },
    score: { do: '进入评分台', why: '' },
    signReport: {
      do: '签署评标报告',
      why: '签署即同意评标结果。有不同意见的，应当以书面形式说明不同意见和理由（招标投标法实施条例第五十三条）。',
    },
    acceptReport: { do: '接收评标报告', why: '接收后应当自收到评标报告之日起 3 日内公示中标候选人（招标投标法实施条例第五十四条）。' },
    publishCandidates: { do: '公示中标候选人', why: '公示期不得少于 3 日（招标投标法实施条例第五十四条）。公示后候选人名单不能更改。' },
    announce: {
      do: '发出中标通知书',
      why: '中标通知书对招标人和中标人具有法律效力，并同时通知所有未中标的投标人（招标投标法第四十五条）。',
    },
  },
};
