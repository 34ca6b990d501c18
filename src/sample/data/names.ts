/** A name as written, and as it appears in an address. */
export interface SampleName {
  readonly text: string;
  readonly ascii: string;
}

/** `text` or `text|ascii` for scripts that do not reduce to Latin letters by dropping accents. */
function namesFrom(list: string): readonly SampleName[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .map((entry) => {
      const [text = '', given] = entry.split('|');
      const ascii =
        given ??
        text
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .replace(/ß/g, 'ss')
          .replace(/[øØ]/g, 'o')
          .replace(/[łŁ]/g, 'l')
          .replace(/[æÆ]/g, 'ae')
          .replace(/[^A-Za-z]/g, '');
      return { text, ascii: ascii.toLowerCase() };
    });
}

export const givenNames = namesFrom(
  `Ada, Amara, Ana, Anouk, Arjun, Astrid, Aylin, Beatriz, Björn, Bram, Camille, Carlos, Chiara, Chloé,
  Daan, Danielle, Dimitra, Diego, Elif, Elise, Emeka, Emma, Erik, Esther, Fatima, Femke, Finn, François,
  Freya, Giulia, Grace, Greta, Hana, Hannah, Hassan, Hugo, Ines, Ingrid, Isla, Ivan, Jakub, Jana, Joanna,
  João, Jonas, José, Julia, Kaito, Karin, Katarzyna, Kofi, Lars, Laura, Leila, Lena, Liam, Lotte, Lucía,
  Luka, Maja, Malik, Marek, Maria, Mateo, Mehmet, Mia, Mikael, Nadia, Naomi, Nikos, Noah, Nora, Olga,
  Oliver, Omar, Paolo, Petra, Pieter, Priya, Rafael, Rania, Renée, Rosa, Samira, Sanne, Sara, Siobhán,
  Sofia, Søren, Stefan, Tariq, Thandiwe, Tomás, Wei, Yuki, Zoë`,
);

export const surnames = namesFrom(
  `Aalto, Abbasi, Abebe, Adeyemi, Almeida, Andersen, Aoki, Bakker, Banerjee, Barros, Bauer, Becker,
  Bernard, Bianchi, Björk, Bogdanov, Bosman, Brennan, Byrne, Campbell, Castro, Çelik, Cermak, Chatterjee,
  Chen, Claes, Conti, Costa, Czajka, Dahl, De Smet, Delgado, Demir, Dubois, Duarte, Dvořák, Eklund,
  Eriksson, Espinoza, Farkas, Fernández, Fischer, Fontaine, Fujita, Gallo, García, Georgiou, Ghosh,
  González, Gruber, Haddad, Hansen, Hoffmann, Horvat, Ibrahim, Ivanova, Jansen, Janssens, Jensen, Jimenez,
  Kaya, Keller, Khan, Kimura, Kowalska, Krüger, Kuznetsova, Lambert, Larsen, Lefèvre, Lindgren, López,
  Lund, Marković, Martin, Mazur, Mbeki, McCarthy, Meyer, Moreau, Moretti, Müller, Mwangi, Nakamura,
  Ncube, Nguyen, Novák, Nowak, O'Brien, O'Connor, Okafor, Olsen, Öztürk, Papadopoulou, Patel, Peeters,
  Pereira, Petrov, Pham, Popescu, Ramírez, Rao, Ricci, Rossi, Ruiz, Sánchez, Santos, Sato, Schäfer,
  Schmidt, Sharma, Silva, Singh, Smith, Sokolova, Suzuki, Szabó, Tanaka, Thomas, Tkachenko, Tremblay,
  Van Dijk, Vermeulen, Virtanen, Wagner, Walsh, Weber, Wójcik, Yamamoto, Yılmaz, Zhang, Żukowski`,
);

/** A place people of the tenant work at. `country` is free text in the directory, `location` is ISO 3166. */
export interface SamplePlace {
  readonly city: string;
  readonly country: string;
  readonly location: string;
}

export const places: readonly SamplePlace[] = [
  { city: 'Ghent', country: 'Belgium', location: 'BE' },
  { city: 'Antwerp', country: 'Belgium', location: 'BE' },
  { city: 'Brussels', country: 'Belgium', location: 'BE' },
  { city: 'Rotterdam', country: 'Netherlands', location: 'NL' },
  { city: 'Utrecht', country: 'Netherlands', location: 'NL' },
  { city: 'Lille', country: 'France', location: 'FR' },
  { city: 'Köln', country: 'Germany', location: 'DE' },
  { city: 'Dublin', country: 'Ireland', location: 'IE' },
  { city: 'Porto', country: 'Portugal', location: 'PT' },
  { city: 'Kraków', country: 'Poland', location: 'PL' },
  { city: 'Seattle', country: 'United States', location: 'US' },
  { city: 'Toronto', country: 'Canada', location: 'CA' },
];

/** Departments with the titles one finds there. */
export const departments: readonly { readonly name: string; readonly titles: readonly string[] }[] = [
  { name: 'Sales', titles: ['Account Manager', 'Sales Representative', 'Head of Sales', 'Sales Assistant'] },
  { name: 'Finance', titles: ['Controller', 'Accountant', 'Payroll Officer', 'Finance Director'] },
  { name: 'IT', titles: ['System Engineer', 'Service Desk Agent', 'Network Engineer', 'IT Manager'] },
  { name: 'Human Resources', titles: ['HR Business Partner', 'Recruiter', 'HR Assistant'] },
  { name: 'Operations', titles: ['Production Planner', 'Shift Lead', 'Operator', 'Warehouse Clerk'] },
  { name: 'Research & Development', titles: ['Engineer', 'Senior Engineer', 'Lab Technician', 'Architect'] },
  { name: 'Marketing', titles: ['Brand Manager', 'Copywriter', 'Event Coordinator'] },
  { name: 'Legal', titles: ['Counsel', 'Contract Manager'] },
  { name: 'Customer Service', titles: ['Support Agent', 'Team Lead', 'Quality Coach'] },
];

/** Companies whose people are guests here; all under the reserved top-level domain. */
export const partnerDomains = ['fabrikam.example', 'adatum.example', 'northwind.example', 'tailspin.example'];
