import { groups, type Language, words } from '../language.ts';
import { plainDigits } from '../numbers.ts';
import { phraseList, phraseTable } from '../phrase-table.ts';
import { reframeEnglish } from './english-frames.ts';
import { ENGLISH_OPENINGS } from './english-openings.ts';

export const english: Language = {
  name: 'en',
  digits: (written) => plainDigits(written, ',', '.'),
  numbers: new Map(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
      .split(' ')
      .map((name, value) => [name, value]),
  ),
  units: words(
    'am pm kg g mg lb lbs oz km m cm mm mi mph ml l kb mb gb tb hz ghz w kw kwh v min mins h hr hrs s sec ms px k',
  ),
  expand,
  weekdays: words(
    'monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays',
  ),
  unitNames: new Map([
    ['KB', 'kb'],
    ['MB', 'mb'],
    ['GB', 'gb'],
    ['TB', 'tb'],
    ['EUR', 'eur'],
  ]),
  courtesies: phraseList(
    'please|kindly|hi|hello|hey|hi there|hello there|thanks|thank you|thanks in advance|many thanks|good morning|good afternoon|good evening',
  ),
  greetings: phraseList('hi there|hello there|please|kindly|hi|hello|hey'),
  requests: phraseList(
    'can you please|could you please|would you please|will you please|can you|could you|would you|will you|i want you to|i need you to|i would like you to|please',
  ),
  tasks: words(
    'summarize summarise translate write explain give list show convert suggest recommend describe compare calculate compute create generate draft rewrite rephrase classify extract help find define name proofread correct outline plan',
  ),
  auxiliaries: words('is are was were did can could will would should must has have had am may might shall be'),
  askings: phraseList(
    'tell me|please tell me|can you tell me|could you tell me|can you please tell me|could you please tell me|i want to know|i would like to know|i wanted to know|i need to know|do you know|i was wondering|i wonder',
  ),
  thing: 'what is',
  phrases: phraseTable(
    (
      [
        ['turn on', 'enable'],
        ['switch on', 'enable'],
        ['turn off', 'disable'],
        ['switch off', 'disable'],
        ['log in', 'login'],
        ['log on', 'login'],
        ['sign in', 'login'],
        ['sign on', 'login'],
        ['log into', 'login to'],
        ['sign into', 'login to'],
        ['log out', 'logout'],
        ['log off', 'logout'],
        ['sign out', 'logout'],
        ['sign off', 'logout'],
        ['set up', 'setup'],
        ['sign up', 'register'],
        ['fill in', 'complete'],
        ['fill out', 'complete'],
        ['find out', 'discover'],
        ['by using', 'with'],
        ['by means of', 'with'],
        ['with the help of', 'with'],
        ['in order to', 'to'],
        ['are there in', 'be in'],
        ['is there in', 'be in'],
        ['miles per hour', 'mph'],
        ['kilometers per hour', 'kmh'],
        ['per cent', 'percent'],
        ['per month', 'a-month'],
        ['each month', 'a-month'],
        ['every month', 'a-month'],
        ['per year', 'a-year'],
        ['each year', 'a-year'],
        ['every year', 'a-year'],
        ['per day', 'a-day'],
        ['each day', 'a-day'],
        ['every day', 'a-day'],
        ['per week', 'a-week'],
        ['each week', 'a-week'],
        ['every week', 'a-week'],
        // With an article these words are other quantities.
        ['a few', 'a-few'],
        ['the few', 'the-few'],
        ['a little', 'a-little'],
        ['the other', 'the-other'],
        ['write me', 'write'],
        ['give me', 'suggest'],
        ['suggest me', 'suggest'],
        ['show me', 'show'],
        ['explain to me', 'explain'],
        ['speak with', 'talk to'],
        ['speak to', 'talk to'],
        ['talk with', 'talk to'],
        ['get in touch with', 'contact'],
        ['look after', 'care for'],
        ['take care of', 'care for'],
        ['kind of', 'type of'],
        ['sort of', 'type of'],
        ['at the moment', 'now'],
        ['right now', 'now'],
        ['does not', 'not'],
        ['do not', 'not'],
      ] as const
    ).map(([from, to]) => [from.split(' '), to.split(' ')] as const),
  ),
  openings: ENGLISH_OPENINGS,
  reframe: reframeEnglish,
  ignored: words('a an the actually basically'),
  definiteArticles: words('the'),
  doArticlesAgree: () => true,
  aboutWords: words(
    'meaning mean means spell spelled spelling pronounce pronounced pronunciation synonym synonyms antonym antonyms word words translate translation definition etymology rhyme rhymes called',
  ),
  synonyms: groups(`
    be is are am | with using via | fast quickly rapidly | big large | bigger larger | biggest largest | highest tallest |
    advantage advantages benefit benefits pros upsides | disadvantage disadvantages drawback drawbacks downside downsides cons |
    start begin | buy purchase | delete erase | repair fix | need require | mean signify | reply respond | choose select |
    difference differences | quickest fastest | quicker faster | nearest closest | abroad overseas | pc computer | kids children |
    parcel package | parcels packages | bike bicycle | bikes bicycles | maths math mathematics | ok okay | currently now |
    allowed permitted | obtain get | film movie | films movies | photo photograph | photos photographs | suggest recommend | cars automobiles | doctors physicians | doctor physician | car automobile |
    child kid | children kids | mother mom mum | father dad | phone telephone |
    enable activate | disable deactivate | email mail e-mail | whole entire | fridge refrigerator |
    kilometers kilometres kilometer kilometre km | meters metres meter metre | centimeters centimetres centimeter centimetre cm |
    millimeters millimetres millimeter millimetre mm | kilos kilo kilogram kilograms kg | grams gram g | lb lbs |
    liters litres liter litre | megabyte megabytes mb | gigabyte gigabytes gb | kilobyte kilobytes kb | terabyte terabytes tb |
    hr hrs hour hours h | sec secs | min mins minute minutes | dollar dollars | euro euros eur | vs versus |
    okay ok | info information | app application | apps applications | maximum max
  `),
  isSameSpelling: (one, other) => american(one) === american(other),
  isPlural: (plural, singular) => IRREGULAR.get(plural) === singular || isRegularPlural(plural, singular),
  definite: words('my your his her its our their this that these those one each every both which'),
  negations: words('not no never none nothing nobody neither nor without cannot hardly barely'),
  scopes: words(
    'all any every each some few a-few many much most more less least least fewer both either only just always sometimes often usually never ever even still yet again also too very first last next other another the-other same best worst over under above below up down before after until since during between within except but unless if not',
  ),
  homonyms: words(
    'may march august will us it who polish turkey china apple word go rust swift excel access teams amazon windows shell target gap orange oracle meta visa chile jordan java python ruby edge chrome safari mark bill frank rose grace hope grant drew jack rich rob sue nice reading bath mobile lima basic premium pro plus',
  ),
};

const CONTRACTIONS = new Map(
  Object.entries({
    "can't": 'can not',
    cannot: 'can not',
    "won't": 'will not',
    "shan't": 'shall not',
    "ain't": 'be not',
    "i'm": 'i be',
    dont: 'do not',
    doesnt: 'does not',
    didnt: 'did not',
    isnt: 'is not',
    cant: 'can not',
    whats: 'what is',
  }),
);
const SUBJECTS = words('what where who when why how which it that there here he she');

function expand(word: string): readonly string[] | null {
  const known = CONTRACTIONS.get(word);
  if (known !== undefined) return known.split(' ');
  const [, base = '', ending = ''] = /^([a-z]+)(n't|'s|'re|'ve|'ll)$/.exec(word) ?? [];
  if (ending === "n't") return [base, 'not'];
  if (ending === "'re") return [base, 'are'];
  if (ending === "'ve") return [base, 'have'];
  if (ending === "'ll") return [base, 'will'];
  // After any other word it is a possessive.
  return ending === "'s" && SUBJECTS.has(base) ? [base, 'is'] : null;
}

/** Words with British and American spellings that no suffix rule covers. */
const BRITISH = groups(`
  color colour | colors colours | favorite favourite | favor favour | behavior behaviour | flavor flavour | honor honour |
  labor labour | neighbor neighbour | neighbors neighbours | humor humour | harbor harbour | center centre |
  theater theatre | fiber fibre | license licence | defense defence | offense offence | catalog catalogue |
  dialog dialogue | gray grey | program programme | programs programmes | canceled cancelled | canceling cancelling |
  traveling travelling | traveled travelled | traveler traveller | modeling modelling | labeled labelled |
  fulfill fulfil | enroll enrol | tire tyre | check-up checkup | judgment judgement | aging ageing | jewelry jewellery
`);

function american(word: string): string {
  return (BRITISH.get(word) ?? word)
    .replace(/(?<=\w{3})is(e|es|ed|ing|ation|ations)$/, 'iz$1')
    .replace(/yse(s|d)?$/, 'yze$1');
}

const IRREGULAR = new Map([
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['feet', 'foot'],
  ['teeth', 'tooth'],
  ['mice', 'mouse'],
  ['knives', 'knife'],
  ['wives', 'wife'],
  ['lives', 'life'],
  ['leaves', 'leaf'],
]);

/** Words whose form with an `s` has another meaning. */
const OTHER_WITH_S = words(
  'new mean glass good custom content arm force minute second saving spirit manner premise brain it thi a wa ha hi u bu ga a i need otherwise always physic mathematic economic politic new access specific particular credit',
);

function isRegularPlural(plural: string, singular: string): boolean {
  if (singular.length < 3 || OTHER_WITH_S.has(singular)) return false;
  if (plural === `${singular}s`) return true;
  if (/(?:s|x|z|ch|sh|o)$/.test(singular)) return plural === `${singular}es`;
  return singular.endsWith('y') && plural === `${singular.slice(0, -1)}ies`;
}
