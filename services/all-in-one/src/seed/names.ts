const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Given names of those born 1925-1960, and common family names. */
export const womensNames = words(`
  Anna Margareta Ingrid Karin Birgitta Elisabeth Kerstin Gunilla Inger Ulla Gun Britt Maj Barbro Berit Siv Gunnel Anita
  Solveig Elsa Astrid Märta Greta Svea Rut Viola Edit Aina Ingegerd Sonja Monica Yvonne Lena Christina Eva Marianne Ann
  Gudrun Vera Dagny`);
export const mensNames = words(`
  Karl Lars Nils Sven Bengt Göran Bo Gunnar Åke Rolf Ingemar Arne Kjell Stig Leif Hans Bertil Sture Evert Tage Olof Erik
  Gösta Harry Folke Rune Torsten Allan Ove Roland Lennart Björn Jan Per Anders Kurt Börje Alf Roy Holger`);
export const familyNames = words(`
  Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson
  Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Lindström Olofsson Lindqvist Axelsson Berg Bergström Lundberg
  Lind Lundgren Lundqvist Mattsson Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Engström Eklund
  Danielsson Håkansson Lundin Björk Bergman Gunnarsson Wikström Isaksson Fransson Bergqvist Nyström Holmberg Arvidsson
  Löfgren Söderberg Nyberg Blomqvist Claesson Nordström Mårtensson Ali`);
export const streets = words(
  'Storgatan Strandvägen Kyrkogatan Skolvägen Havsvägen Ängsvägen Björkvägen Hamngatan Åvägen',
);
